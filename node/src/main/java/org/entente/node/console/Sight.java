package org.entente.node.console;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.officer.Role;
import org.entente.node.holding.Holdings;
import org.entente.node.ledger.Statements;
import org.entente.node.officer.Officer;

/**
 * How far an officer sees: what is the officer's authority's, and what the party as a whole said or heard. Oversight sees
 * every authority of its party.
 */
public final class Sight {
    private static final int READ_MAX = 500;
    private static final int READ_FOR_ONE = 8;

    private Sight() {}

    /** Whether the officer sees what belongs to this authority of the party. */
    public static boolean sees(Officer officer, AuthorityCode authority) {
        return officer.role() == Role.OVERSIGHT || officer.authority().equals(authority);
    }

    /** The counts of holdings that the officer sees. */
    public static List<Holdings.Count> counts(Holdings holdings, Officer officer) {
        return holdings.counts().stream()
                .filter(count -> officer.role() == Role.OVERSIGHT
                        || officer.authority().text().equals(count.authority()))
                .toList();
    }

    /** The newest statements that the officer sees, each once. */
    public static List<Statements.Entry> newest(Statements statements, PartyCard own, Officer officer, int most) {
        Set<Digest> seen = new HashSet<>();
        return statements.newest(Math.min(READ_MAX, most * READ_FOR_ONE)).stream()
                .filter(entry -> sees(officer, ownSide(entry, own.party())))
                .filter(entry -> seen.add(entry.statement().id()))
                .limit(most)
                .toList();
    }

    private static boolean sees(Officer officer, Actor ownSide) {
        return switch (ownSide) {
            case PartyCode party -> true;
            case AuthorityCode authority -> sees(officer, authority);
        };
    }

    private static Actor ownSide(Statements.Entry entry, PartyCode own) {
        return entry.outgoing()
                ? entry.statement().from()
                : entry.statement().to().orElse(own);
    }
}
