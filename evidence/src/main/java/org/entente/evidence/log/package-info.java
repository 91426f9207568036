/** In which order it was said, and that nothing was taken back: Merkle logs, checkpoints, cosignatures, the judgement of a witness. */
@NullMarked
package org.entente.evidence.log;

import org.jspecify.annotations.NullMarked;
