package org.entente.matching.probe;

/** Whether a batch may be evaluated against a receipt. */
public sealed interface ChargeCheck permits ChargedBatch, ChargeCheck.Uncharged {

    /** The receipt is not for this batch. */
    record Uncharged(Reason reason) implements ChargeCheck {}

    /** Why a receipt does not do. */
    enum Reason {
        OTHER_BATCH,
        OTHER_COUNT
    }
}
