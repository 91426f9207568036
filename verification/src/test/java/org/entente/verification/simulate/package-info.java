/** The simulation held to its word: it finds what is planted, repeats itself, and lets every fault happen. */
@NullMarked
package org.entente.verification.simulate;

import org.jspecify.annotations.NullMarked;
