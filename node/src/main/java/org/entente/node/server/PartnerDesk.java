package org.entente.node.server;

import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;

/** Pins a partner's card, opens the log of the relationship and announces this party's officers to it. */
public interface PartnerDesk {
    /**
     * Pins the card.
     *
     * @param fingerprint what people compared, in hexadecimal with or without spaces
     * @param address {@code host:port} of the partner's peer listener
     * @throws Malformed as {@link org.entente.node.party.Parties#pin}
     */
    void pin(PartyCard card, String fingerprint, String address) throws Malformed;
}
