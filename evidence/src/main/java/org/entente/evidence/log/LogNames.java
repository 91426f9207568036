package org.entente.evidence.log;

import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.entente.evidence.card.PartyCode;

/**
 * How logs and cosigners are named. A party keeps one log for each counterpart, and an internal one; after a restore that
 * cannot go on where the log ended it opens the next incarnation.
 */
public final class LogNames {
    private static final Pattern INCARNATION = Pattern.compile("[1-9][0-9]{0,8}");

    private LogNames() {}

    /** The origin of the log in which {@code owner} keeps its traffic with {@code counterpart}: {@code entente/log/MX/US/1}. */
    public static String relationship(PartyCode owner, PartyCode counterpart, int incarnation) {
        if (owner.equals(counterpart) || incarnation < 1) {
            throw new IllegalArgumentException("not a relationship's log");
        }
        return "entente/log/" + owner + "/" + counterpart + "/" + incarnation;
    }

    /** Says whether the origin is that of some incarnation of the log between the two. */
    public static boolean relationship(String origin, PartyCode owner, PartyCode counterpart) {
        String stem = "entente/log/" + owner + "/" + counterpart + "/";
        return origin.startsWith(stem)
                && INCARNATION.matcher(origin.substring(stem.length())).matches();
    }

    /** Which incarnation of the log between the two an origin names; empty when it is of another log. */
    public static OptionalInt incarnation(String origin, PartyCode owner, PartyCode counterpart) {
        return relationship(origin, owner, counterpart)
                ? OptionalInt.of(Integer.parseInt(origin.substring(origin.lastIndexOf('/') + 1)))
                : OptionalInt.empty();
    }

    /** The origin of the log that no counterpart sees: {@code entente/log/MX/internal/1}. */
    public static String internal(PartyCode owner, int incarnation) {
        if (incarnation < 1) {
            throw new IllegalArgumentException("not an internal log");
        }
        return "entente/log/" + owner + "/internal/" + incarnation;
    }

    /** The name under which a party cosigns: {@code entente/cosigner/US}. */
    public static String cosigner(PartyCode party) {
        return "entente/cosigner/" + party;
    }
}
