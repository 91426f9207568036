/** Invented memoranda of any size, and invented acts under them, both from a seed. */
@NullMarked
package org.entente.verification.memoranda;

import org.jspecify.annotations.NullMarked;
