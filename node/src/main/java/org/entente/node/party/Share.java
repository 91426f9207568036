package org.entente.node.party;

import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;

/** What one partner may have lying here that no statement names. */
public interface Share {
    /** As much as it likes, where nothing but the way of a body is looked at. */
    Share UNBOUNDED = new Share() {
        @Override
        public boolean hasRoomForBody(PartyCode partner) {
            return true;
        }

        @Override
        public void brought(PartyCode partner, Digest body, long bytes) {
            // Nobody counts.
        }
    };

    /** Whether a partner may bring a further body. */
    boolean hasRoomForBody(PartyCode partner);

    /** A partner brought a body; one that is named already, or was brought by another before, does not count against it. */
    void brought(PartyCode partner, Digest body, long bytes);
}
