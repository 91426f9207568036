package org.entente.memorandum.decision;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;
import org.entente.memorandum.signing.VerifiedAuthorisation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that an authority wants to do, with every fact that the decision may depend on. Nothing else is looked up
 * while deciding: not a clock, not a counter, not a register. Both nodes therefore decide alike when they are given the
 * same act.
 */
public sealed interface Act {
    ActName name();

    Circumstances circumstances();

    Grounds grounds();

    /**
     * The asking authority ({@code by}) asks the other about identifiers of one case.
     *
     * @param charge what it costs of the quota
     * @param indexIdentifiers how many identifiers the other's index holds
     */
    record Probe(Circumstances circumstances, Grounds grounds, Charge charge, long indexIdentifiers) implements Act {
        public Probe {
            requireCount(indexIdentifiers);
        }

        @Override
        public ActName name() {
            return ActName.PROBE;
        }
    }

    /**
     * The asking authority asks the other about identifiers of one case again and again: one round of it, or, at its beginning, all of it.
     *
     * @param charge what one round costs of the quota
     * @param indexIdentifiers how many identifiers the other's index holds
     */
    record Watch(Circumstances circumstances, Grounds grounds, Charge charge, long indexIdentifiers, Rounds rounds)
            implements Act {
        public Watch {
            requireCount(indexIdentifiers);
        }

        @Override
        public ActName name() {
            return ActName.WATCH;
        }
    }

    /**
     * The asking authority compares a whole list of its own with the other's index.
     *
     * @param indexIdentifiers how many identifiers the other's index holds
     */
    record Reconcile(Circumstances circumstances, Grounds grounds, long indexIdentifiers) implements Act {
        public Reconcile {
            requireCount(indexIdentifiers);
        }

        @Override
        public ActName name() {
            return ActName.RECONCILE;
        }
    }

    /** The acting authority puts an item into the index that it builds for the other authority. */
    record Index(Circumstances circumstances, Grounds grounds, Item item) implements Act {
        @Override
        public ActName name() {
            return ActName.INDEX;
        }
    }

    /** The asking authority asks the other to hand over what it holds. */
    record Request(Circumstances circumstances, Grounds grounds) implements Act {
        @Override
        public ActName name() {
            return ActName.REQUEST;
        }
    }

    /** The acting authority hands over an item that the other requested. */
    record Release(Circumstances circumstances, Grounds grounds, Item item) implements Act {
        @Override
        public ActName name() {
            return ActName.RELEASE;
        }
    }

    /** The acting authority hands over an item of its own accord. */
    record Disseminate(Circumstances circumstances, Grounds grounds, Item item) implements Act {
        @Override
        public ActName name() {
            return ActName.DISSEMINATE;
        }
    }

    /** The acting authority brings an item into a case of the joint group, where the other works too. */
    record Contribute(Circumstances circumstances, Grounds grounds, Item item) implements Act {
        @Override
        public ActName name() {
            return ActName.CONTRIBUTE;
        }
    }

    /**
     * The acting authority passes on what it received from the other.
     *
     * @param to who is to have it, in its own country or elsewhere
     * @param namedInRequest whether the request that was answered named that authority
     */
    record Forward(
            Circumstances circumstances, Grounds grounds, Received received, AuthorityCode to, boolean namedInRequest)
            implements Act {
        @Override
        public ActName name() {
            return ActName.FORWARD;
        }
    }

    /** The acting authority uses what it received from the other. */
    record Use(Circumstances circumstances, Grounds grounds, Received received, Manner manner) implements Act {
        @Override
        public ActName name() {
            return ActName.USE;
        }
    }

    /** The acting authority writes what it received from the other to a file, or lets a machine read it. */
    record Export(Circumstances circumstances, Grounds grounds, Received received) implements Act {
        @Override
        public ActName name() {
            return ActName.EXPORT;
        }
    }

    /** The acting authority goes on keeping what it received from the other. */
    record Retain(Circumstances circumstances, Grounds grounds, Received received) implements Act {
        @Override
        public ActName name() {
            return ActName.RETAIN;
        }
    }

    /**
     * The acting authority makes public what it does with the other.
     *
     * @param named the parties that the announcement names
     * @param countersigned those of them that have countersigned exactly this announcement
     */
    record Announce(
            Circumstances circumstances,
            Grounds grounds,
            SortedSet<PartyCode> named,
            SortedSet<PartyCode> countersigned)
            implements Act {
        public Announce {
            if (named.isEmpty()) {
                throw new IllegalArgumentException("an announcement names a party");
            }
            named = Collections.unmodifiableSortedSet(new TreeSet<>(named));
            countersigned = Collections.unmodifiableSortedSet(new TreeSet<>(countersigned));
        }

        @Override
        public ActName name() {
            return ActName.ANNOUNCE;
        }
    }

    /**
     * Identifiers asked about.
     *
     * @param identifiers now, padding included
     * @param alreadyCharged within the longest term of any quota before this act, padding and repetitions included
     * @param within the same within shorter terms, by the term; a term that is not named counts as the longest
     */
    record Charge(long identifiers, long alreadyCharged, SortedMap<String, Long> within) {
        static final int TERMS_MAX = 64;

        public Charge {
            within = Collections.unmodifiableSortedMap(new TreeMap<>(within));
            if (identifiers < 1 || alreadyCharged < 0 || Math.max(identifiers, alreadyCharged) > COUNT_MAX) {
                throw new IllegalArgumentException("a charge counts from one identifier to 2^50");
            }
            long longest = alreadyCharged;
            if (within.size() > TERMS_MAX || within.values().stream().anyMatch(count -> count < 0 || count > longest)) {
                throw new IllegalArgumentException("a shorter term holds no more than the longest");
            }
        }

        /** The same count within every term. */
        public Charge(long identifiers, long alreadyCharged) {
            this(identifiers, alreadyCharged, Collections.emptySortedMap());
        }

        /** What was charged within a quota's own term. */
        public long alreadyCharged(Term each) {
            return within.isEmpty() ? alreadyCharged : within.getOrDefault(each.toString(), alreadyCharged);
        }
    }

    /** The envelope of the item that the act is about; empty when it is about none. */
    static Optional<Envelope> envelope(Act act) {
        return switch (act) {
            case Index index -> Optional.of(index.item().envelope());
            case Release release -> Optional.of(release.item().envelope());
            case Disseminate disseminate -> Optional.of(disseminate.item().envelope());
            case Contribute contribute -> Optional.of(contribute.item().envelope());
            case Forward forward -> Optional.of(forward.received().envelope());
            case Use use -> Optional.of(use.received().envelope());
            case Export export -> Optional.of(export.received().envelope());
            case Retain retain -> Optional.of(retain.received().envelope());
            case Probe _, Watch _, Reconcile _, Request _, Announce _ -> Optional.empty();
        };
    }

    /** The joint authorisations that an act names; none when it supplies nothing. */
    static List<VerifiedAuthorisation> authorisations(Act act) {
        return switch (act) {
            case Index index -> index.item().authorisations();
            case Release release -> release.item().authorisations();
            case Disseminate disseminate -> disseminate.item().authorisations();
            case Contribute contribute -> contribute.item().authorisations();
            case Forward _, Use _, Export _, Retain _, Probe _, Watch _, Reconcile _, Request _, Announce _ ->
                List.of();
        };
    }

    /** Greatest count of identifiers. */
    long COUNT_MAX = 1L << 50;

    private static void requireCount(long identifiers) {
        if (identifiers < 0 || identifiers > COUNT_MAX) {
            throw new IllegalArgumentException("an index holds from none to 2^50 identifiers");
        }
    }

    default ObjectNode toJson() {
        return ActJson.write(this);
    }

    /**
     * Reads an act.
     *
     * @param known the joint authorisations that this node has verified; the act names them by their statements
     * @throws Malformed {@code json.…} or {@code memorandum.…}
     */
    static Act fromJson(JsonNode node, Collection<VerifiedAuthorisation> known) throws Malformed {
        return ActJson.read(node, known);
    }
}
