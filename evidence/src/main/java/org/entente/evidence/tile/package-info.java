/** How a log is published as files that never change: tiles, entry bundles, what is read from them, and proofs as files. */
@NullMarked
package org.entente.evidence.tile;

import org.jspecify.annotations.NullMarked;
