/** {@code ./entente bench NAME}: every figure is a median with its spread, and every bar is said to be held or not. */
@NullMarked
package org.entente.verification.bench;

import org.jspecify.annotations.NullMarked;
