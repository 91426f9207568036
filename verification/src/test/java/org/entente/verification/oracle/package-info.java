/** Oracles that use no code of the project: they say what is true from the bytes alone. */
@NullMarked
package org.entente.verification.oracle;

import org.jspecify.annotations.NullMarked;
