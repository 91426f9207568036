/**
 * What keeps a log honest: the call to a witness and its answers, whose cosignatures make a checkpoint final, and the
 * proof that a log shows two histories.
 */
@NullMarked
package org.entente.evidence.witness;

import org.jspecify.annotations.NullMarked;
