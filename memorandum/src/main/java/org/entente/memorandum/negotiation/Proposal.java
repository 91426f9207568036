package org.entente.memorandum.negotiation;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.card.PartyCode;

/**
 * A proposal that stands: its party has neither taken it back nor replaced it.
 *
 * @param move the statement that proposes
 * @param countering whose proposal it answers, if it is a counter-proposal
 * @param behind the parties whose last word on the part is this proposal, its own among them unless it has agreed with another since
 * @param rejections by whom it was rejected, with the statement
 */
public record Proposal(
        Move move, Optional<PartyCode> countering, SortedSet<PartyCode> behind, SortedMap<PartyCode, Move> rejections) {
    public Proposal {
        if (!(move.said() instanceof Said.Proposed)) {
            throw new IllegalArgumentException("no proposal");
        }
        behind = Collections.unmodifiableSortedSet(new TreeSet<>(behind));
        rejections = Collections.unmodifiableSortedMap(new TreeMap<>(rejections));
    }

    public PartyCode by() {
        return move.party();
    }

    public PartText text() {
        return ((Said.Proposed) move.said()).text();
    }
}
