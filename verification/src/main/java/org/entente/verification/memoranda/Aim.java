package org.entente.verification.memoranda;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.entente.memorandum.officer.ActName;

/** Who acts towards whom so that a clause would permit it. */
record Aim(String by, String counterpart) {
    /** Every act that is invented: every one that there is. */
    static final List<ActName> ALL = List.of(ActName.values());

    private static final List<ActName> OF_RECONCILE = List.of(ActName.RECONCILE, ActName.INDEX);
    private static final List<ActName> OF_PROBE = List.of(ActName.PROBE, ActName.PROBE, ActName.INDEX);
    private static final List<ActName> OF_WATCHED_PROBE =
            List.of(ActName.PROBE, ActName.PROBE, ActName.WATCH, ActName.INDEX);
    private static final List<ActName> RECEIVED = List.of(ActName.FORWARD, ActName.USE, ActName.EXPORT, ActName.RETAIN);
    private static final List<ActName> OF_RELEASE =
            with(RECEIVED, ActName.RELEASE, ActName.RELEASE, ActName.RELEASE, ActName.REQUEST, ActName.REQUEST);
    private static final List<ActName> OF_OWN_INITIATIVE =
            with(RECEIVED, ActName.RELEASE, ActName.RELEASE, ActName.DISSEMINATE, ActName.DISSEMINATE, ActName.REQUEST);
    private static final List<ActName> OF_CONTRIBUTE =
            with(RECEIVED, ActName.CONTRIBUTE, ActName.CONTRIBUTE, ActName.CONTRIBUTE);
    private static final int TRIES = 20;

    /** What a clause grants, the more often the more often it is done. */
    static List<ActName> granted(Grant grant) {
        return switch (grant.kind()) {
            case RECONCILE -> OF_RECONCILE;
            case PROBE -> grant.terms().watchDays() > 0 ? OF_WATCHED_PROBE : OF_PROBE;
            case RELEASE -> grant.terms().lenient() ? OF_OWN_INITIATIVE : OF_RELEASE;
            case CONTRIBUTE -> OF_CONTRIBUTE;
        };
    }

    private static List<ActName> with(List<ActName> some, ActName... others) {
        return Stream.concat(Arrays.stream(others), some.stream()).toList();
    }

    /** Both sides of the clause, of two parties; an index, a request and what is done with something received go the other way. */
    static Aim at(Grant grant, ActName name, Chance chance) {
        boolean backward = name == ActName.INDEX || name == ActName.REQUEST || RECEIVED.contains(name);
        List<String> from =
                backward ? grant.scope().counterpart() : grant.scope().by();
        List<String> to = backward ? grant.scope().by() : grant.scope().counterpart();
        Aim aim = new Aim(chance.any(from), chance.any(to));
        for (int n = 0; n < TRIES && aim.staysInside(); n++) {
            aim = new Aim(chance.any(from), chance.any(to));
        }
        return aim;
    }

    private boolean staysInside() {
        return Grant.party(by).equals(Grant.party(counterpart));
    }
}
