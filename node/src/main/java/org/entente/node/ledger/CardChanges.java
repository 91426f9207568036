package org.entente.node.ledger;

import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.node.party.Parties;

/** Has what roots say about cards and keys its effect, from its place in the log of a relationship on. */
public final class CardChanges {
    private final Parties parties;
    private final Logs logs;

    public CardChanges(Parties parties, Logs logs) {
        this.parties = parties;
        this.logs = logs;
    }

    /** MUST be called in the transaction that recorded the statement in the log of the relationship with this partner. */
    public void take(Statement statement, PartyCode partner) {
        long place = logs.index(partner, statement.id())
                .orElseThrow(() -> new IllegalStateException("a statement about cards without a place"));
        parties.changeCards(statement, logs.origin(partner), place);
    }
}
