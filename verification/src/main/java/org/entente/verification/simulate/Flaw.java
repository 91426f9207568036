package org.entente.verification.simulate;

/** Bugs that are planted on purpose in a node or in one of its ports: a simulation that finds none of them proves nothing. */
enum Flaw {
    /** The disk is never forced. */
    FORCE_SKIPPED,
    /** The answer leaves, and the transaction is written a while later. */
    ACKNOWLEDGED_EARLY,
    /** The effect happens before it is looked whether the statement is known. */
    EFFECT_BEFORE_LOOKING,
    /** What was accepted is forgotten when the node starts again. */
    KNOWN_FORGOTTEN,
    /** What is older than an hour counts as unknown. */
    KNOWN_FOR_AN_HOUR,
    /** A statement with one of its two signatures is completed and taken. */
    STRIPPED_SIGNATURE_TAKEN,
    /** No signature is verified. */
    SIGNATURES_NOT_VERIFIED,
    /** A call's number of statements is not bounded. */
    CALL_NOT_MEASURED,
    /** What does not read is taken for something harmless. */
    UNREADABLE_TAKEN,
    /** Any authority may speak for its party. */
    AUTHORITY_NOT_COMPARED,
    /** A root's signature serves for business. */
    ROOT_FOR_EVERYTHING,
    /** Dates in the future and ends in the past do not count. */
    DATE_NOT_COMPARED,
    /** Every card is a successor, and every key is revoked. */
    CARDS_BELIEVED,
    /** A log goes on under another name whenever its owner says so. */
    REOPENING_BELIEVED,
    /** Whoever is called an officer is one. */
    OFFICERS_BELIEVED,
    /** Whoever speaks for another party is believed. */
    SPEAKER_NOT_COMPARED,
    /** What is addressed to somebody else is taken. */
    ADDRESS_NOT_COMPARED,
    /** What proves something about a partner is refused, and not kept. */
    EVIDENCE_NOT_KEPT,
    /** Of what is known, the bytes do not count. */
    BYTES_NOT_COMPARED,
    /** A statement has its effect without its body. */
    BODY_NOT_AWAITED,
    /** A body is kept under whatever name its sender gives it. */
    BODY_NOT_COMPARED,
    /** A body may have any length. */
    BODY_NOT_MEASURED,
    /** What the memorandum refuses has its effect. */
    NOT_DECIDED,
    /** Approvals are not verified. */
    APPROVALS_NOT_VERIFIED,
    /** A suspension holds nothing up. */
    SUSPENSION_IGNORED,
    /** The effect and the statement are two transactions. */
    EFFECT_BY_ITSELF,
    /** A statement is said without its row in the outbox. */
    OUTBOX_FORGOTTEN,
    /** The newest statement is brought first. */
    NEWEST_FIRST,
    /** An attempt without an answer counts as acknowledged. */
    SILENCE_IS_CONSENT,
    /** Whatever is to be sent later is set aside. */
    LATER_IS_NEVER,
    /** What the partner refuses for good is sent again for ever. */
    REFUSAL_REPEATED,
    /** A statement is signed anew for each attempt. */
    SIGNED_ANEW,
    /** No receipt is said. */
    NO_RECEIPT,
    /** A place in the log stays empty now and then. */
    PLACE_SKIPPED,
    /** A head is signed over what is not committed. */
    HEAD_OF_UNWRITTEN,
    /** The witness cosigns whatever it is shown. */
    WITNESS_BLIND,
    /** The witness says yes to what it cannot read. */
    HEAD_READ_LENIENTLY,
    /** A head counts under any key. */
    HEAD_KEY_NOT_COMPARED,
    /** A head counts for whatever log it is of. */
    ORIGIN_NOT_COMPARED,
    /** The witness stores what it cosigned after it has answered. */
    WITNESS_LATE,
    /** A proof of two histories is thrown away. */
    PROOF_LOST,
    /** The node goes on after its disk could not force. */
    FORCE_FAILURE_IGNORED,
    /** A link that two histories stopped goes on. */
    STOP_IGNORED,
    /** What lies in the place of a body is brought without being read. */
    DAMAGE_NOT_SEEN,
    /** Whose clock was wrong once, blames it for whatever a partner wants later. */
    CLOCK_BLAMED_FOR_EVER,
    /** The rest of a partner that is away does not grow. */
    ABSENT_CALLED_OFTEN,
    /** That a partner calls ends no rest. */
    RETURN_IGNORED,
    /** Whoever has nothing to do looks again at once. */
    NEVER_AT_REST,
    /** That a partner has replaced its card is logged and receipted, and forgotten. */
    SUCCESSION_FORGOTTEN,
    /** Heads are signed with the log key of the first card for ever. */
    OLD_LOG_KEY_USED
}
