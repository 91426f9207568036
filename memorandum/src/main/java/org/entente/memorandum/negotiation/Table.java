package org.entente.memorandum.negotiation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;

/**
 * What lies on the table: how every part stands after everything that was said.
 *
 * <p>The state is a function of the <em>set</em> of statements. Two sovereign nodes share no clock and no order of arrival, so
 * neither may decide anything. What one party says on one part is a register that only that party's own statements change, in the
 * order that they themselves name: its proposal, what it agreed with, what it rejected. Everything else is read off all registers at
 * the end. A proposal stands while its own party lets it stand; an agreement counts while the proposal that it names stands; a party
 * stands behind the last of its agreements that counts, else behind its own proposal; and a part is agreed when every party stands
 * behind the same words. An agreement never ends a proposal, which is what keeps this free of circles: when two parties agree
 * with each other's proposal at the same time, both proposals stand, nothing is agreed, and one of them takes its agreement back.
 *
 * <p>Considered and dropped: a log of which one party keeps the order (there is no such party), clocks, and letting
 * an agreement end the own proposal (the crossing above then leaves nothing on the table, or needs an arbiter).
 */
public final class Table {
    private final Negotiation negotiation;
    private final Ledger ledger = new Ledger();
    private final SortedMap<Part, PartState> parts = new TreeMap<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final Map<PartyCode, Digest> last = new HashMap<>();
    /** Parts on which something was said that follows or answers a statement which is not here. */
    private final SortedSet<Part> lacking = new TreeSet<>();

    private final List<Move> counted;
    private final SortedSet<PartyCode> forked;
    private final Digest digest;

    private Table(Negotiation negotiation, Collection<Move> moves) {
        this.negotiation = negotiation;
        Set<Move> own = new HashSet<>();
        for (Move move : new HashSet<>(moves)) {
            Optional<Problem> foreign = foreign(move);
            foreign.ifPresent(problem -> refused.add(new Refusal(move, problem)));
            if (foreign.isEmpty()) {
                own.add(move);
            }
        }
        Sequence sequence = new Sequence(own);
        this.counted = sequence.ordered();
        this.forked = Collections.unmodifiableSortedSet(sequence.forked());
        for (Move move : sequence.orphans()) {
            refuse(move, "memorandum.negotiation.gap");
            lacking.add(move.said().part());
        }
        Set<Digest> here = own.stream().map(Move::id).collect(Collectors.toSet());
        own.stream()
                .map(Move::said)
                .filter(said -> said.answers().filter(id -> !here.contains(id)).isPresent())
                .forEach(said -> lacking.add(said.part()));
        for (Move move : counted) {
            last.put(move.party(), move.id());
            ledger.write(move).ifPresent(code -> refuse(move, code));
        }
        ledger.proposals().forEach((part, proposals) -> parts.put(part, state(part, proposals)));
        refuseLapsed();
        refused.sort(Comparator.comparing(refusal -> refusal.move().id().hex()));
        this.digest = Digest.framed(
                "entente-negotiation/1",
                own.stream()
                        .map(move -> move.id().hex())
                        .sorted()
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Lays out a negotiation; statements that do not belong to it, or fit nothing in it, are listed and change nothing. */
    public static Table of(Negotiation negotiation, Collection<Move> moves) {
        return new Table(negotiation, moves);
    }

    private Optional<Problem> foreign(Move move) {
        Negotiation named = move.negotiation();
        String party = move.party().text();
        if (!named.memorandum().equals(negotiation.memorandum()) || named.version() != negotiation.version()) {
            return Optional.of(Problem.of(
                    "memorandum.negotiation.other-memorandum",
                    party,
                    named.memorandum(),
                    Integer.toString(named.version())));
        }
        if (!named.parties().equals(negotiation.parties())) {
            return Optional.of(Problem.of(
                    "memorandum.negotiation.other-parties",
                    party,
                    named.parties().stream().map(PartyCode::text).collect(Collectors.joining(", "))));
        }
        return negotiation.parties().contains(move.party())
                ? Optional.empty()
                : Optional.of(Problem.of("memorandum.negotiation.no-party", party, negotiation.memorandum()));
    }

    private void refuse(Move move, String code) {
        refused.add(new Refusal(
                move,
                Problem.of(
                        code,
                        move.party().text(),
                        move.said().kind().word(),
                        move.said().part().text())));
    }

    private PartState state(Part part, Map<PartyCode, Move> proposals) {
        Map<PartyCode, Move> behind = new TreeMap<>();
        for (PartyCode party : negotiation.parties()) {
            stand(part, party, proposals).ifPresent(proposal -> behind.put(party, proposal));
        }
        List<Proposal> standing = new ArrayList<>();
        proposals.values().forEach(move -> standing.add(proposal(move, behind)));
        boolean agreed = behind.size() == negotiation.parties().size()
                && behind.values().stream()
                                .map(move -> move.said().digest())
                                .distinct()
                                .count()
                        == 1;
        Optional<PartText> text = agreed
                ? Optional.of(((Said.Proposed) behind.values().iterator().next().said()).text())
                : Optional.empty();
        return new PartState(part, standing, text);
    }

    /** The proposal that a party's last word on a part is for. */
    private Optional<Move> stand(Part part, PartyCode party, Map<PartyCode, Move> proposals) {
        for (Move agreement : ledger.agreements(part, party)) {
            Optional<Move> agreedWith = agreement.said().answers().flatMap(ledger::accepted);
            if (agreedWith.filter(proposals::containsValue).isPresent()) {
                return agreedWith;
            }
        }
        return Optional.ofNullable(proposals.get(party));
    }

    private Proposal proposal(Move move, Map<PartyCode, Move> behind) {
        SortedSet<PartyCode> supporters = new TreeSet<>();
        SortedMap<PartyCode, Move> rejections = new TreeMap<>();
        for (PartyCode party : negotiation.parties()) {
            if (Optional.ofNullable(behind.get(party)).filter(move::equals).isPresent()) {
                supporters.add(party);
            }
            ledger.rejection(move, party).ifPresent(rejection -> rejections.put(party, rejection));
        }
        Optional<PartyCode> countering =
                move.said().answers().flatMap(ledger::accepted).map(Move::party);
        return new Proposal(move, countering, supporters, rejections);
    }

    /** Agreements with what its own party has taken back or replaced: whichever of the two was said first. */
    private void refuseLapsed() {
        for (Move agreement : ledger.agreements()) {
            PartState state = parts.get(agreement.said().part());
            boolean stands = state != null
                    && state.proposals().stream()
                            .anyMatch(proposal -> agreement
                                    .said()
                                    .answers()
                                    .filter(proposal.move().id()::equals)
                                    .isPresent());
            if (!stands) {
                refuse(agreement, "memorandum.negotiation.taken-back");
            }
        }
    }

    public Negotiation negotiation() {
        return negotiation;
    }

    /** Every part for which a proposal stands, in reading order. */
    public SortedMap<Part, PartState> parts() {
        return Collections.unmodifiableSortedMap(parts);
    }

    /** By the id of the statement. */
    public List<Refusal> refused() {
        return List.copyOf(refused);
    }

    /** Parties that spoke from two copies, so that two of their statements follow the same one. */
    public SortedSet<PartyCode> forked() {
        return forked;
    }

    /** What a party said last: what its next statement comes after. */
    public Optional<Digest> last(PartyCode party) {
        return Optional.ofNullable(last.get(party));
    }

    /** What a party could take back on a part: of its statements that stand, the one that it said last. */
    public Optional<Move> lastWord(Part part, PartyCode party) {
        List<Move> standing = ledger.standing(part, party);
        return standing.stream().max(Comparator.comparingInt(counted::indexOf));
    }

    /** The text as a party would have it now: what is agreed, else what it stands behind, else what another party proposes. */
    public SortedMap<Part, PartText> textOf(PartyCode party) {
        SortedMap<Part, PartText> text = new TreeMap<>();
        parts.forEach((part, state) -> text.put(
                part,
                state.agreed()
                        .or(() -> state.standOf(party).map(Proposal::text))
                        .orElseGet(() -> state.proposals().getFirst().text())));
        return text;
    }

    /** Over the statements of this negotiation: whoever compares it by voice knows that both see the same table. */
    public Digest digest() {
        return digest;
    }

    /** Whether it is settled, and if not, why. */
    public Settlement settlement() {
        SortedSet<Part> open = parts.values().stream()
                .filter(state -> state.agreed().isEmpty())
                .map(PartState::part)
                .collect(Collectors.toCollection(TreeSet::new));
        open.addAll(lacking); // what is missing may have been a proposal for a part that would otherwise vanish unseen
        if (parts.isEmpty() || !open.isEmpty()) {
            return new Settlement.Open(open);
        }
        SortedMap<Part, PartText> agreed = new TreeMap<>();
        parts.forEach((part, state) -> agreed.put(part, state.agreed().orElseThrow()));
        return Assembly.of(agreed).settle(negotiation.parties());
    }
}
