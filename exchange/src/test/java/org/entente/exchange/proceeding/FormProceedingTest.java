package org.entente.exchange.proceeding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Phase;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Step;
import org.entente.exchange.message.Samples;
import org.entente.exchange.proceeding.Proceeding.Outcome;
import org.entente.exchange.proceeding.Proceeding.Placed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

class FormProceedingTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final Form REQUEST =
            Forms.ofHouse().newest("request-for-information").orElseThrow();

    private final Samples samples = new Samples(5);

    static List<Form> forms() {
        return Forms.ofHouse().all();
    }

    @Test
    void aRequestIsAskedAcknowledgedAndAnswered() {
        Proceeding proceeding = Proceeding.under(REQUEST);
        assertThat(proceeding.phase()).isEmpty();
        Move ask = move(Side.OPENER, proceeding, "ask");
        proceeding = proceeding.with(ask);
        assertThat(proceeding.phase()).map(Phase::name).contains("asked");
        proceeding = proceeding.with(move(Side.COUNTERPART, proceeding, "acknowledge"));
        proceeding = proceeding.with(move(Side.COUNTERPART, proceeding, "answer"));
        assertThat(proceeding.phase()).map(Phase::over).contains(true);
        assertThat(proceeding.placed()).extracting(Placed::outcome).containsOnly(Outcome.TAKEN);
        assertThat(proceeding.with(ask)).isEqualTo(proceeding);
    }

    @Test
    void twoOfficersWhoAnswerAtOnceGiveOneAnswerAndOneIrregularity() {
        Proceeding asked = Proceeding.under(REQUEST).with(move(Side.OPENER, Proceeding.under(REQUEST), "ask"));
        Proceeding twice =
                asked.with(move(Side.COUNTERPART, asked, "answer")).with(move(Side.COUNTERPART, asked, "nothing-held"));
        assertThat(twice.phase()).map(Phase::name).contains("answered");
        assertThat(twice.placed()).extracting(Placed::outcome).endsWith(Outcome.TAKEN, Outcome.IRREGULAR);
    }

    @Test
    void anAnswerThatCrossedAWithdrawalIsNoFault() {
        Proceeding asked = Proceeding.under(REQUEST).with(move(Side.OPENER, Proceeding.under(REQUEST), "ask"));
        Move answer = move(Side.COUNTERPART, asked, "answer");
        Move withdrawal = move(Side.OPENER, asked, "withdraw");
        Proceeding here = asked.with(answer).with(withdrawal);
        Proceeding there = asked.with(withdrawal).with(answer);
        assertThat(here).isEqualTo(there);
        assertThat(here.placed()).isEqualTo(there.placed());
        assertThat(here.placed()).extracting(Placed::outcome).containsOnlyOnce(Outcome.CROSSED);
    }

    @Test
    void whatNarrowsPrevailsOverWhatCrossedIt() {
        Proceeding asked = Proceeding.under(REQUEST).with(move(Side.OPENER, Proceeding.under(REQUEST), "ask"));
        Proceeding crossed =
                asked.with(move(Side.OPENER, asked, "withdraw")).with(move(Side.COUNTERPART, asked, "refuse"));
        assertThat(crossed.phase()).map(Phase::name).contains("refused");
    }

    @Test
    void aReplyToWhatWasNeverAskedWaits() {
        Move ask = move(Side.OPENER, Proceeding.under(REQUEST), "ask");
        Move answer = move(Side.COUNTERPART, Proceeding.under(REQUEST).with(ask), "answer");
        Proceeding early = Proceeding.under(REQUEST).with(answer);
        assertThat(early.phase()).isEmpty();
        assertThat(early.placed()).isEmpty();
        assertThat(early.with(ask).phase()).map(Phase::name).contains("answered");
    }

    @Test
    void aStepOfTheOtherSideOrOfNoFormIsIrregular() {
        Proceeding asked = Proceeding.under(REQUEST).with(move(Side.OPENER, Proceeding.under(REQUEST), "ask"));
        for (Move wrong : List.of(
                move(Side.OPENER, asked, "answer"),
                move(Side.COUNTERPART, asked, "withdraw"),
                move(Side.COUNTERPART, asked, "invade"),
                move(Side.OPENER, asked, "ask"))) {
            Proceeding after = asked.with(wrong);
            assertThat(after.phase()).isEqualTo(asked.phase());
            assertThat(after.placed()).extracting(Placed::outcome).endsWith(Outcome.IRREGULAR);
        }
    }

    /** Two nodes say what their own view lets them, and now and then what it does not, while statements are on their way. */
    @ParameterizedTest
    @MethodSource("forms")
    void bothNodesEndEqualAndAsThePlainModelSays(Form form) {
        Random random = new Random(form.name().hashCode());
        for (int history = 0; history < 200 * DEPTH; history++) {
            Nodes nodes = new Nodes(form, random.nextInt(4) == 0 ? 15 : 0, random);
            nodes.play(4 + random.nextInt(20));
            Proceeding opener = nodes.view(Side.OPENER);
            assertThat(nodes.view(Side.COUNTERPART)).isEqualTo(opener);
            assertThat(nodes.view(Side.COUNTERPART).placed()).isEqualTo(opener.placed());
            assertThat(opener.placed()).isEqualTo(PlainModel.placed(form, nodes.said));
            if (nodes.illegalPerCent == 0) {
                assertThat(opener.placed()).extracting(Placed::outcome).doesNotContain(Outcome.IRREGULAR);
            }
        }
    }

    private Move move(Side by, Proceeding view, String step) {
        return new Move(by, samples.digest(), view.seenBy(by), step, JsonNodeFactory.instance.objectNode());
    }

    /** Two nodes and the line between them, which keeps each side's order and nothing else. */
    private final class Nodes {
        private final Form form;
        private final int illegalPerCent;
        private final Random random;
        private Proceeding opener;
        private Proceeding counterpart;
        private final Deque<Move> toOpener = new ArrayDeque<>();
        private final Deque<Move> toCounterpart = new ArrayDeque<>();
        private final Map<Digest, Outcome> judged = new HashMap<>();
        private final List<Move> said = new ArrayList<>();

        private Nodes(Form form, int illegalPerCent, Random random) {
            this.form = form;
            this.illegalPerCent = illegalPerCent;
            this.random = random;
            this.opener = Proceeding.under(form);
            this.counterpart = opener;
        }

        private Proceeding view(Side side) {
            return side == Side.OPENER ? opener : counterpart;
        }

        private Deque<Move> underWay(Side side) {
            return side == Side.OPENER ? toOpener : toCounterpart;
        }

        private void play(int turns) {
            say(Side.OPENER, form.opening().name());
            for (int turn = 0; turn < turns; turn++) {
                Side side = random.nextBoolean() ? Side.OPENER : Side.COUNTERPART;
                if (random.nextBoolean()) {
                    take(side);
                } else {
                    speak(side);
                }
            }
            for (Side side : Side.values()) {
                while (!underWay(side).isEmpty()) {
                    take(side);
                }
            }
        }

        private void speak(Side side) {
            List<Step> open = view(side).open(side);
            if (random.nextInt(100) < illegalPerCent) {
                List<Step> all = List.copyOf(form.steps().values());
                say(side, all.get(random.nextInt(all.size())).name());
            } else if (!open.isEmpty()) {
                say(side, open.get(random.nextInt(open.size())).name());
            }
        }

        private void say(Side side, String step) {
            Move move = move(side, view(side), step);
            said.add(move);
            see(side, move);
            underWay(side.other()).add(move);
        }

        private void take(Side side) {
            Optional.ofNullable(underWay(side).poll()).ifPresent(move -> see(side, move));
        }

        private void see(Side side, Move move) {
            Proceeding after = view(side).with(move);
            if (side == Side.OPENER) {
                opener = after;
            } else {
                counterpart = after;
            }
            for (Placed placed : after.placed()) {
                boolean irregular = placed.outcome() == Outcome.IRREGULAR;
                Outcome before = judged.putIfAbsent(placed.move().statement(), placed.outcome());
                assertThat(before == Outcome.IRREGULAR)
                        .as("who was regular once stays so, and who was not stays not")
                        .isEqualTo(before != null && irregular);
            }
        }
    }

    /** The same, told as slowly and plainly as possible: by sets of what each speaker had. */
    private static final class PlainModel {
        private final Form form;
        private final List<Move> all;
        private final Map<Move, Set<Move>> had = new HashMap<>();
        private final Set<Move> irregular = new HashSet<>();

        private PlainModel(Form form, List<Move> all) {
            this.form = form;
            this.all = all;
            for (Move move : all) {
                Set<Move> before = new HashSet<>();
                for (Move earlier : all.subList(0, all.indexOf(move))) {
                    boolean own = earlier.by() == move.by();
                    boolean named = move.after().equals(Optional.of(earlier.statement()));
                    if (own || named) {
                        before.add(earlier);
                        before.addAll(had(earlier));
                    }
                }
                had.put(move, before);
                List<Placed> known = placed(before);
                if (!may(
                        move,
                        known.isEmpty() ? Optional.empty() : known.getLast().phase())) {
                    irregular.add(move);
                }
            }
        }

        static List<Placed> placed(Form form, List<Move> all) {
            return new PlainModel(form, all).placed(Set.copyOf(all));
        }

        private List<Placed> placed(Set<Move> among) {
            List<Placed> placed = new ArrayList<>();
            Optional<Phase> phase = Optional.empty();
            List<Move> left = new ArrayList<>(all);
            left.removeIf(move -> !among.contains(move));
            while (!left.isEmpty()) {
                Move next = next(left);
                left.remove(next);
                Outcome outcome = irregular.contains(next)
                        ? Outcome.IRREGULAR
                        : may(next, phase) ? Outcome.TAKEN : Outcome.CROSSED;
                if (outcome == Outcome.TAKEN) {
                    Optional<String> to =
                            form.step(next.step()).flatMap(step -> step.way().to());
                    phase = to.isPresent() ? to.map(form::phase) : phase;
                }
                placed.add(new Placed(next, outcome, phase));
            }
            return placed;
        }

        /** Of the moves whose speakers had nothing that is left: the opener's, unless only the counterpart says something that prevails. */
        private Move next(List<Move> left) {
            List<Move> free = left.stream()
                    .filter(move -> left.stream().noneMatch(had(move)::contains))
                    .toList();
            Move first = free.getFirst();
            Optional<Move> crossing =
                    free.stream().filter(move -> move.by() != first.by()).findFirst();
            if (crossing.isEmpty()) {
                return first;
            }
            Move opener = first.by() == Side.OPENER ? first : crossing.get();
            Move counterpart = first.by() == Side.OPENER ? crossing.get() : first;
            return prevails(Side.COUNTERPART, opener, left) && !prevails(Side.OPENER, counterpart, left)
                    ? counterpart
                    : opener;
        }

        private Set<Move> had(Move move) {
            return had.getOrDefault(move, Set.of());
        }

        private boolean prevails(Side side, Move other, List<Move> left) {
            return left.stream()
                    .filter(move -> move.by() == side && !had(move).contains(other))
                    .anyMatch(move -> form.step(move.step())
                            .filter(step -> step.way().prevails())
                            .isPresent());
        }

        private boolean may(Move move, Optional<Phase> phase) {
            return form.step(move.step())
                    .filter(step -> step.by() == move.by())
                    .filter(step -> phase.isEmpty()
                            ? step.opens()
                            : step.way().from().contains(phase.get().name()))
                    .isPresent();
        }
    }
}
