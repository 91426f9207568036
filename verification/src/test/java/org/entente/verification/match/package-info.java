/** The command that compares two files. */
@NullMarked
package org.entente.verification.match;

import org.jspecify.annotations.NullMarked;
