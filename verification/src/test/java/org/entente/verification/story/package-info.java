/** The whole program as people run it. */
@NullMarked
package org.entente.verification.story;

import org.jspecify.annotations.NullMarked;
