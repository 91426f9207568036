package org.entente.matching.probe;

/** Why a querier does not use an answer. All but the first four are evidence against the responder when its statement is signed. */
public enum AnswerRefusal {
    /** Not an answer of this protocol, or not of the length that it says. */
    MALFORMED,
    /** An element or a scalar of a proof is not canonical. */
    NOT_CANONICAL,
    /** The index at hand was made with another key than the announced one. */
    OTHER_INDEX,
    /** Another number of elements than was asked. */
    COUNT,
    /** The identity among the elements. */
    IDENTITY,
    /** Another public key than the announced one. */
    OTHER_KEY,
    /** The answer to another batch: replayed, or exchanged. */
    OTHER_BATCH,
    /** The answer to the same batch in another ask. */
    OTHER_ASK,
    /** Another key was used, or elements were exchanged or reordered. */
    PROOF,
    /** Something in the answer was changed after the holder of the key had made it. */
    SEAL
}
