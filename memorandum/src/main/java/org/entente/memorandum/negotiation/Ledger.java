package org.entente.memorandum.negotiation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;

/** What each party has said on each part and not taken back, written down statement by statement. */
final class Ledger {
    private final Map<Digest, Move> accepted = new HashMap<>();
    private final Map<Part, Map<PartyCode, Words>> words = new TreeMap<>();

    /**
     * What one party says on one part. Only its own statements change it, so two parties' statements never wait for one another:
     * whether an agreement still counts is seen afterwards, from what the other party's own words have become.
     */
    private static final class Words {
        private Optional<Move> proposal = Optional.empty();
        /** By what is agreed with; the last one that still stands is what the party stands behind. */
        private final SequencedMap<Digest, Move> agreements = new LinkedHashMap<>();

        private final Map<Digest, Move> rejections = new HashMap<>();
    }

    /** Writes a statement down, or says by which code it is refused. */
    Optional<String> write(Move move) {
        Words own = words.computeIfAbsent(move.said().part(), _ -> new TreeMap<>())
                .computeIfAbsent(move.party(), _ -> new Words());
        Optional<String> refused = switch (move.said()) {
            case Said.Proposed proposed -> propose(move, proposed, own);
            case Said.Answered answered ->
                answered.kind() == Said.Kind.TAKEN_BACK
                        ? takeBack(answered, own, move.party())
                        : answer(move, answered, own);
        };
        if (refused.isEmpty()) {
            accepted.put(move.id(), move);
        }
        return refused;
    }

    /** Whoever proposes anew has replaced its earlier proposal and left what it had agreed with. */
    private Optional<String> propose(Move move, Said.Proposed proposed, Words own) {
        if (proposed.answers().isPresent()) {
            Optional<String> refused = requireProposal(proposed.answers().get(), proposed.part(), move.party());
            if (refused.isPresent()) {
                return refused;
            }
        }
        boolean same = own.proposal
                .filter(earlier -> earlier.said().digest().equals(proposed.digest()))
                .isPresent();
        if (same && own.agreements.isEmpty()) {
            return Optional.of("memorandum.negotiation.same-text");
        }
        own.proposal = Optional.of(move);
        own.agreements.clear();
        return Optional.empty();
    }

    private Optional<String> answer(Move move, Said.Answered answered, Words own) {
        Optional<String> refused = requireProposal(answered.answered(), answered.part(), move.party());
        if (refused.isPresent()) {
            return refused;
        }
        boolean sameText = accepted(answered.answered())
                .filter(proposal -> proposal.said().digest().equals(answered.digest()))
                .isPresent();
        if (!sameText) {
            return Optional.of("memorandum.negotiation.other-text");
        }
        if (answered.kind() == Said.Kind.REJECTED) {
            if (own.rejections.putIfAbsent(answered.answered(), move) != null) {
                return Optional.of("memorandum.negotiation.twice");
            }
            own.agreements.remove(answered.answered());
            return Optional.empty();
        }
        if (!own.agreements.isEmpty() && own.agreements.lastEntry().getKey().equals(answered.answered())) {
            return Optional.of("memorandum.negotiation.twice");
        }
        own.agreements.putLast(answered.answered(), move);
        own.rejections.remove(answered.answered());
        return Optional.empty();
    }

    private Optional<String> takeBack(Said.Answered answered, Words own, PartyCode party) {
        Move earlier = accepted.get(answered.answered());
        if (earlier == null || !earlier.said().part().equals(answered.part())) {
            return Optional.of("memorandum.negotiation.unknown");
        }
        if (!earlier.party().equals(party)) {
            return Optional.of("memorandum.negotiation.not-own");
        }
        if (!earlier.said().digest().equals(answered.digest())) {
            return Optional.of("memorandum.negotiation.other-text");
        }
        boolean stood = own.agreements.values().remove(earlier)
                || own.rejections.values().remove(earlier);
        if (own.proposal.filter(earlier::equals).isPresent()) {
            own.proposal = Optional.empty();
            stood = true;
        }
        return stood ? Optional.empty() : Optional.of("memorandum.negotiation.nothing-to-take-back");
    }

    private Optional<String> requireProposal(Digest id, Part part, PartyCode party) {
        Move answered = accepted.get(id);
        if (answered == null
                || answered.said().kind() != Said.Kind.PROPOSED
                || !answered.said().part().equals(part)) {
            return Optional.of("memorandum.negotiation.unknown");
        }
        return answered.party().equals(party) ? Optional.of("memorandum.negotiation.own") : Optional.empty();
    }

    Map<Part, Map<PartyCode, Move>> proposals() {
        Map<Part, Map<PartyCode, Move>> standing = new TreeMap<>();
        words.forEach((part, parties) -> parties.forEach((party, own) -> own.proposal.ifPresent(
                move -> standing.computeIfAbsent(part, _ -> new TreeMap<>()).put(party, move))));
        return standing;
    }

    /** The agreements of a party on a part, the last first. */
    List<Move> agreements(Part part, PartyCode party) {
        return words(part, party)
                .map(own -> List.copyOf(own.agreements.reversed().values()))
                .orElse(List.of());
    }

    /** All agreements that no word of the agreeing party has ended. */
    List<Move> agreements() {
        List<Move> all = new ArrayList<>();
        words.values().forEach(parties -> parties.values().forEach(own -> all.addAll(own.agreements.values())));
        return all;
    }

    /** The rejection of a proposal by a party. */
    Optional<Move> rejection(Move proposal, PartyCode party) {
        return words(proposal.said().part(), party).map(own -> own.rejections.get(proposal.id()));
    }

    Optional<Move> accepted(Digest id) {
        return Optional.ofNullable(accepted.get(id));
    }

    /** The last of a party's own statements on a part that still stands: an agreement, its proposal or a rejection. */
    List<Move> standing(Part part, PartyCode party) {
        List<Move> standing = new ArrayList<>();
        words(part, party).ifPresent(own -> {
            own.proposal.ifPresent(standing::add);
            standing.addAll(own.agreements.values());
            standing.addAll(own.rejections.values());
        });
        return standing;
    }

    private Optional<Words> words(Part part, PartyCode party) {
        return Optional.ofNullable(words.getOrDefault(part, Map.of()).get(party));
    }
}
