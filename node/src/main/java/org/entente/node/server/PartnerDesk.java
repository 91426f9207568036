package org.entente.node.server;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.node.ledger.Statements;
import org.entente.node.party.LinkStops;

/** Pins a partner's card, opens the log of the relationship and announces this party's officers to it. */
public interface PartnerDesk {
    /**
     * Pins the card.
     *
     * @param fingerprint what people compared, in hexadecimal or in the words of either language
     * @param address {@code host:port} of the partner's peer listener
     * @throws Malformed as {@link org.entente.node.party.Parties#pin}
     */
    void pin(PartyCard card, String fingerprint, String address) throws Malformed;

    /** Why nothing is exchanged with the partner any more, if that is so. */
    Optional<LinkStops.Stop> stopped(PartyCode partner);

    /** A statement that came back after a restore, and what it had done here that people must see to. */
    record LeftUndone(Statements.Entry statement, Problem problem) {}

    List<LeftUndone> leftUndone(PartyCode partner);

    /**
     * Lets the exchange with a partner go on.
     *
     * @throws Malformed {@code link.not-stopped}
     */
    void resume(PartyCode partner, String officer, String reason) throws Malformed;

    /**
     * Closes this node's log of the relationship, which cannot be gone on with, and opens its next incarnation.
     *
     * @throws Malformed as {@link org.entente.node.delivery.LogReopening#reopen}
     */
    void reopenLog(PartyCode partner, String officer, String reason) throws Malformed;
}
