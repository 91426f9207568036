/** The keyed index of one epoch: inputs, labels, the file, its Merkle tree and the opening of a hit. */
@NullMarked
package org.entente.matching.index;

import org.jspecify.annotations.NullMarked;
