/** The launcher script. */
@NullMarked
package org.entente.verification.launcher;

import org.jspecify.annotations.NullMarked;
