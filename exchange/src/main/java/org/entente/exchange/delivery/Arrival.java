package org.entente.exchange.delivery;

import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;

/**
 * A statement that came in over a partner's connection, its signatures verified under the card that is pinned for
 * that partner. What cannot be verified never becomes an arrival.
 *
 * @param byRoot whether the party's root keys signed it, and not its statement keys
 * @param connection the party whose pinned certificate the connection showed
 * @param bodies digests of the bodies that are durable here
 */
public record Arrival(PartyCode connection, Statement statement, boolean byRoot, Set<Digest> bodies) {
    public Arrival {
        bodies = Set.copyOf(bodies);
    }

    /**
     * Verifies what came in over a partner's connection, under that partner's pinned card: its statement keys, or its root
     * for what only the root may say.
     */
    public static Arrival verify(UnverifiedStatement statement, PartyCard partner, Set<Digest> bodies)
            throws Malformed {
        boolean byRoot = statement.claimedKid().equals(partner.root().kid());
        if (!partner.introduces(statement.claimedFrom())) {
            throw new Malformed("statement.sender-foreign", partner.party().text());
        }
        Statement verified =
                byRoot ? statement.verify(partner.root(), partner.root().kid()) : statement.verify(partner);
        return new Arrival(partner.party(), verified, byRoot, bodies);
    }

    public PartyCode sender() {
        return statement.from().party();
    }

    /** Digest of the exact bytes, signatures included; the id does not cover those. */
    public Digest bytes() {
        return Digest.of(statement.bytes());
    }
}
