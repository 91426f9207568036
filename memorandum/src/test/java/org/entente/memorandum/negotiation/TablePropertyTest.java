package org.entente.memorandum.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fold against a plain model, over random negotiations and random orders of arrival. */
class TablePropertyTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 30 : 1;

    private static final List<String> CODES = List.of("GT", "MX", "US");
    private static final List<Part> PARTS = List.of(Part.PROMISES, clause("3.1"));
    private static final int RUNS = 120 * DEPTH;
    private static final int ORDERS = 12;

    private final Map<String, Delegation> delegations = new HashMap<>();
    private final Negotiation negotiation;

    TablePropertyTest() {
        CODES.forEach(code -> delegations.put(code, new Delegation(code)));
        negotiation = new Negotiation(
                "R/1",
                1,
                new TreeSet<>(
                        delegations.values().stream().map(Delegation::code).toList()));
    }

    @Test
    void everyOrderOfArrivalGivesTheStateOfThePlainModel() {
        int agreed = 0;
        int refused = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            List<Move> moves = new ArrayList<>();
            PlainModel model = play(random, moves);
            List<String> expected = List.of(model.part(0), model.part(1));
            for (int order = 0; order < ORDERS; order++) {
                List<Move> arrived = order % 2 == 0 ? interleaved(moves, random) : shuffled(moves, random);
                Table table = Table.of(negotiation, arrived);
                assertThat(parts(table, moves)).as("seed " + seed).isEqualTo(expected);
                assertThat(refused(table, moves)).as("seed " + seed).isEqualTo(model.refused());
                assertThat(table.digest())
                        .isEqualTo(Table.of(negotiation, moves).digest());
            }
            agreed += (int)
                    expected.stream().filter(part -> part.contains("agreed")).count();
            refused += model.refused().size();
        }
        assertThat(agreed).as("negotiations that reached an agreement").isGreaterThan(RUNS / 10);
        assertThat(refused).as("statements that were refused").isGreaterThan(RUNS);
    }

    @Test
    void whatArrivesTwiceCountsOnceAndWhatIsMissingHoldsBackWhatFollows() {
        for (int seed = 0; seed < RUNS / 4; seed++) {
            Random random = new Random(seed);
            List<Move> moves = new ArrayList<>();
            play(random, moves);
            List<Move> twice = new ArrayList<>(moves);
            twice.addAll(moves.subList(0, moves.size() / 2));
            assertThat(parts(Table.of(negotiation, twice), moves))
                    .isEqualTo(parts(Table.of(negotiation, moves), moves));
            Move lost = moves.get(random.nextInt(moves.size()));
            List<Move> rest = moves.stream().filter(move -> !move.equals(lost)).toList();
            Set<Move> orphans = new HashSet<>();
            for (Move move : rest) {
                if (move.after().filter(id -> id.equals(lost.id())).isPresent()
                        || move.after()
                                .filter(id -> orphans.stream()
                                        .anyMatch(orphan -> orphan.id().equals(id)))
                                .isPresent()) {
                    orphans.add(move);
                }
            }
            assertThat(Table.of(negotiation, rest).refused().stream()
                            .filter(refusal -> refusal.problem().code().equals("memorandum.negotiation.gap"))
                            .map(Refusal::move)
                            .collect(Collectors.toSet()))
                    .as("seed " + seed)
                    .isEqualTo(orphans);
        }
    }

    @Test
    void alsoWhoSpeaksFromSeveralCopiesIsHeardAlikeInEveryOrder() {
        int forked = 0;
        for (int seed = 0; seed < RUNS / 4; seed++) {
            Random random = new Random(seed);
            List<Move> moves = new ArrayList<>();
            List<PlainModel.Act> acts = new ArrayList<>();
            delegations.values().forEach(delegation -> delegation.from(Optional.empty()));
            for (int number = 0; number < 14; number++) {
                PlainModel.Act act = act(random, number, acts);
                acts.add(act);
                Delegation speaker = delegation(act.party());
                if (random.nextInt(4) == 0) {
                    List<Move> own = moves.stream()
                            .filter(move -> move.party().equals(speaker.code()))
                            .toList();
                    speaker.from(
                            own.isEmpty()
                                    ? Optional.empty()
                                    : own.get(random.nextInt(own.size())).after());
                }
                moves.add(speaker.says(negotiation, said(act, acts, moves)));
            }
            Table table = Table.of(negotiation, moves);
            forked += table.forked().size();
            for (int order = 0; order < ORDERS; order++) {
                Table other = Table.of(negotiation, shuffled(moves, random));
                assertThat(other.parts()).as("seed " + seed).isEqualTo(table.parts());
                assertThat(other.refused()).as("seed " + seed).isEqualTo(table.refused());
                assertThat(other.forked()).isEqualTo(table.forked());
            }
        }
        assertThat(forked).isGreaterThan(RUNS / 8);
    }

    /** Plays at random, with foolish answers among them; adds the statements in the order of their numbers. */
    private PlainModel play(Random random, List<Move> moves) {
        PlainModel model = new PlainModel(CODES);
        delegations.values().forEach(delegation -> delegation.from(Optional.empty()));
        List<PlainModel.Act> acts = new ArrayList<>();
        int length = 6 + random.nextInt(16);
        for (int number = 0; number < length; number++) {
            PlainModel.Act act = act(random, number, acts);
            acts.add(act);
            model.take(act);
            moves.add(delegation(act.party()).says(negotiation, said(act, acts, moves)));
        }
        return model;
    }

    private Delegation delegation(String party) {
        return Optional.ofNullable(delegations.get(party)).orElseThrow();
    }

    private PlainModel.Act act(Random random, int number, List<PlainModel.Act> acts) {
        String party = CODES.get(random.nextInt(CODES.size()));
        int target = acts.isEmpty() ? -1 : random.nextInt(acts.size());
        List<PlainModel.Act> proposals =
                acts.stream().filter(act -> act.kind() == Said.Kind.PROPOSED).toList();
        if (!proposals.isEmpty() && random.nextInt(4) > 0) {
            target = proposals
                    .get(proposals.size() - 1 - random.nextInt(Math.min(3, proposals.size())))
                    .number();
        }
        int part = target >= 0 && random.nextInt(8) > 0 ? acts.get(target).part() : random.nextInt(PARTS.size());
        int content = random.nextInt(3);
        Said.Kind kind = switch (random.nextInt(9)) {
            case 0, 1 -> Said.Kind.PROPOSED;
            case 2, 3, 4, 5 -> Said.Kind.AGREED;
            case 6 -> Said.Kind.REJECTED;
            default -> Said.Kind.TAKEN_BACK;
        };
        if (target < 0) {
            kind = Said.Kind.PROPOSED;
        } else if (kind == Said.Kind.PROPOSED && random.nextBoolean()) {
            target = -1;
        } else if (kind != Said.Kind.PROPOSED) {
            content = acts.get(target).content();
        }
        return new PlainModel.Act(number, party, kind, part, content, target);
    }

    private static Said said(PlainModel.Act act, List<PlainModel.Act> acts, List<Move> moves) {
        Part part = PARTS.get(act.part());
        Optional<Digest> target = act.target() < 0
                ? Optional.empty()
                : Optional.of(moves.get(act.target()).id());
        if (act.kind() == Said.Kind.PROPOSED) {
            return new Said.Proposed(text(part, act.content()), target, Optional.empty());
        }
        Digest digest = moves.get(act.target()).said().digest();
        assertThat(acts).contains(act);
        return new Said.Answered(act.kind(), part, digest, target.orElseThrow(), Optional.empty());
    }

    private static PartText text(Part part, int content) {
        try {
            var words = content == 0
                    ? JsonNodeFactory.instance.nullNode()
                    : part.equals(Part.PROMISES)
                            ? JsonNodeFactory.instance.arrayNode().add("promise " + content)
                            : JsonNodeFactory.instance.objectNode().put("say", "word " + content);
            return PartText.read(part, words);
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    /** Keeps each party's own order, and answers after what they answer. */
    private static List<Move> interleaved(List<Move> moves, Random random) {
        List<Move> left = new ArrayList<>(moves);
        List<Move> order = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Move> ready = left.stream()
                    .filter(move -> left.stream()
                            .noneMatch(other ->
                                    move.after().filter(other.id()::equals).isPresent()
                                            || move.said()
                                                    .answers()
                                                    .filter(other.id()::equals)
                                                    .isPresent()))
                    .toList();
            Move next = ready.get(random.nextInt(ready.size()));
            left.remove(next);
            order.add(next);
        }
        return order;
    }

    private static List<Move> shuffled(List<Move> moves, Random random) {
        List<Move> order = new ArrayList<>(moves);
        Collections.shuffle(order, random);
        return order;
    }

    private static List<String> parts(Table table, List<Move> moves) {
        return PARTS.stream().map(part -> part(table, part, moves)).toList();
    }

    private static String part(Table table, Part part, List<Move> moves) {
        PartState state = table.parts().get(part);
        if (state == null) {
            return "open";
        }
        StringBuilder text = new StringBuilder();
        for (Proposal proposal : state.proposals()) {
            text.append(moves.indexOf(proposal.move())).append(" behind");
            proposal.behind().forEach(party -> text.append(' ').append(party));
            text.append(" against");
            proposal.rejections().keySet().forEach(party -> text.append(' ').append(party));
            text.append('\n');
        }
        String agreed = state.agreed().map(TablePropertyTest::content).orElse("open");
        return text + agreed;
    }

    private static String content(PartText text) {
        for (int content = 0; content < 3; content++) {
            if (text(text.part(), content).equals(text)) {
                return "agreed " + content;
            }
        }
        throw new AssertionError(text);
    }

    private static Set<Integer> refused(Table table, List<Move> moves) {
        return table.refused().stream()
                .map(refusal -> moves.indexOf(refusal.move()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Part clause(String number) {
        return new Part(Part.Section.CLAUSE, number);
    }
}
