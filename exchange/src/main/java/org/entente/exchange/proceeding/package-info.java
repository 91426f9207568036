/**
 * Proceedings: what several statements of two parties amount to, and who has to act next. Both parties, and whoever reads
 * both logs later, compute the same, in whatever order the two parties' statements came to be interleaved.
 */
@NullMarked
package org.entente.exchange.proceeding;

import org.jspecify.annotations.NullMarked;
