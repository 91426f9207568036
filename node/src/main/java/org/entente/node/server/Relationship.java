package org.entente.node.server;

import org.entente.evidence.card.PartyCard;
import org.entente.evidence.log.SignedCheckpoint;

/**
 * How far the two logs of a relationship have come.
 *
 * @param waiting statements that the partner has not acknowledged yet
 * @param logSize leaves of this node's log of the relationship
 * @param cosignedSize how many of them the partner has cosigned
 * @param theirCosignedSize how many leaves of the partner's log this node has cosigned
 */
record Relationship(long waiting, long logSize, long cosignedSize, long theirCosignedSize) {
    static Relationship with(PartyCard partner, Services.Ledger ledger) {
        String origin = ledger.logs().origin(partner.party());
        return new Relationship(
                ledger.outbox().waiting(partner.party()),
                ledger.logs().size(origin),
                ledger.checkpoints().cosigned(origin).map(Relationship::size).orElse(0L),
                ledger.witnessing()
                        .partners()
                        .seen(partner)
                        .map(Relationship::size)
                        .orElse(0L));
    }

    private static long size(SignedCheckpoint checkpoint) {
        return checkpoint.checkpoint().size();
    }
}
