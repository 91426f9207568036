/** Oblivious pseudorandom functions over ristretto255 with SHA-512 in the three modes of RFC 9497. */
@NullMarked
package org.entente.matching.oprf;

import org.jspecify.annotations.NullMarked;
