package org.entente.memorandum.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.RandomText;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Memorandum TEXT = Example.memorandum();
    private static final SortedMap<Part, PartText> PARTS = PartText.of(TEXT);
    private static final SortedMap<Part, PartText> OTHER = PartText.of(changed("keep: P5Y", "keep: P3Y"));
    private static final Part RELEASE = new Part(Part.Section.CLAUSE, "3.1");

    private final Delegation mx = new Delegation("MX");
    private final Delegation us = new Delegation("US");
    private final Negotiation between = negotiation(mx, us);

    private static Memorandum changed(String before, String after) {
        assertThat(Example.yaml()).contains(before);
        try {
            return Memorandum.parseYaml(Example.yaml().replace(before, after));
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    private static Negotiation negotiation(Delegation... delegations) {
        return new Negotiation(
                TEXT.id(),
                TEXT.version(),
                new TreeSet<>(Stream.of(delegations).map(Delegation::code).toList()));
    }

    private static PartText text(Part part) {
        return Optional.ofNullable(PARTS.get(part)).orElseThrow();
    }

    private static PartText other(Part part) {
        return Optional.ofNullable(OTHER.get(part)).orElseThrow();
    }

    private PartState state(Part part, Move... moves) {
        return Optional.ofNullable(Table.of(between, List.of(moves)).parts().get(part))
                .orElse(new PartState(part, List.of(), Optional.empty()));
    }

    @Test
    void aCanonicalFormIsExactlyItsParts() throws Malformed {
        for (long seed = 0; seed < 40; seed++) {
            Memorandum memorandum = seed == 0 ? TEXT : Memorandum.parseYaml(new RandomText(seed).write());
            SortedMap<Part, PartText> parts = PartText.of(memorandum);
            assertThat(CanonicalJson.encode(PartText.join(parts))).isEqualTo(memorandum.canonical());
            assertThat(Assembly.of(parts).memorandum()).as("seed " + seed).contains(memorandum);
            assertThat(Memorandum.parseYaml(Assembly.of(parts).text()))
                    .as("seed " + seed)
                    .isEqualTo(memorandum);
            for (PartText part : parts.values()) {
                assertThat(PartText.read(Part.parse(part.part().text()), part.json()))
                        .isEqualTo(part);
            }
        }
    }

    @Test
    void whatEveryPartyStandsBehindIsAgreed() {
        Move proposed = mx.proposes(between, text(RELEASE));
        assertThat(state(RELEASE, proposed).agreed()).isEmpty();
        Move agreed = us.agrees(between, proposed);
        assertThat(state(RELEASE, proposed, agreed).agreed()).contains(text(RELEASE));
        Move back = us.takesBack(between, agreed);
        assertThat(state(RELEASE, proposed, agreed, back).agreed()).isEmpty();
    }

    @Test
    void theSameWordsProposedByBothAreAgreed() {
        assertThat(state(RELEASE, mx.proposes(between, text(RELEASE)), us.proposes(between, text(RELEASE)))
                        .agreed())
                .contains(text(RELEASE));
    }

    @Test
    void leavingAPartOutIsProposedAndAgreedLikeAText() {
        Move proposed = mx.proposes(between, PartText.leftOut(RELEASE));
        assertThat(state(RELEASE, proposed, us.agrees(between, proposed)).agreed())
                .hasValueSatisfying(text -> assertThat(text.isLeftOut()).isTrue());
    }

    @Test
    void aCounterProposalStandsBesideWhatItAnswersUntilOneAgrees() {
        Move first = mx.proposes(between, text(RELEASE));
        Move counter = us.counters(between, first, other(RELEASE));
        PartState both = state(RELEASE, first, counter);
        assertThat(both.proposals()).hasSize(2);
        assertThat(both.proposals().getLast().countering()).contains(mx.code());
        Move agreed = mx.agrees(between, counter);
        PartState after = state(RELEASE, first, counter, agreed);
        assertThat(after.agreed()).contains(other(RELEASE));
        assertThat(after.standOf(mx.code())).map(Proposal::by).contains(us.code());
    }

    @Test
    void whenBothAgreeWithEachOtherAtOnceNothingIsAgreedUntilOneTakesItBack() {
        Move ours = mx.proposes(between, text(RELEASE));
        Move theirs = us.proposes(between, other(RELEASE));
        Move yes = mx.agrees(between, theirs);
        Move too = us.agrees(between, ours);
        assertThat(state(RELEASE, ours, theirs, yes, too).agreed()).isEmpty();
        Move back = us.takesBack(between, too);
        assertThat(state(RELEASE, ours, theirs, yes, too, back).agreed()).contains(other(RELEASE));
    }

    @Test
    void aRejectionSaysByWhomAndWhyAndEndsAnEarlierAgreement() {
        Move proposed = mx.proposes(between, text(RELEASE));
        Move agreed = us.agrees(between, proposed);
        Move rejected = us.rejects(between, proposed, "five years are too long");
        PartState state = state(RELEASE, proposed, agreed, rejected);
        assertThat(state.agreed()).isEmpty();
        assertThat(state.proposals().getFirst().rejections())
                .hasEntrySatisfying(
                        us.code(), move -> assertThat(move.said().reason()).contains("five years are too long"));
    }

    @Test
    void anAgreementWithWhatWasTakenBackOrReplacedIsListedAndChangesNothing() {
        Move own = us.proposes(between, other(RELEASE));
        Move proposed = mx.proposes(between, text(RELEASE));
        Move agreed = us.agrees(between, proposed);
        Move back = mx.takesBack(between, proposed);
        Table table = Table.of(between, List.of(own, proposed, agreed, back));
        assertThat(table.refused())
                .extracting(Refusal::move, refusal -> refusal.problem().code())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(agreed, "memorandum.negotiation.taken-back"));
        assertThat(table.parts().get(RELEASE))
                .isEqualTo(Table.of(between, List.of(own)).parts().get(RELEASE));
    }

    @Test
    void strangersOtherNegotiationsAndFoolishAnswersAreListedAndChangeNothing() {
        Delegation gt = new Delegation("GT");
        Move proposed = mx.proposes(between, text(RELEASE));
        Move stranger = gt.agrees(between, proposed);
        Negotiation three = negotiation(mx, us, gt);
        Move elsewhere = us.agrees(three, proposed);
        Move older = us.from(Optional.empty()).agrees(new Negotiation(TEXT.id(), 7, between.parties()), proposed);
        us.from(Optional.empty());
        Move own = mx.agrees(between, proposed);
        Move unknown = us.agrees(between, new Delegation("MX").proposes(three, text(RELEASE)));
        Move mixed = us.says(
                between,
                new Said.Answered(Said.Kind.AGREED, RELEASE, other(RELEASE).digest(), proposed.id(), Optional.empty()));
        Move notOwn = us.takesBack(between, proposed);
        Move same = mx.proposes(between, text(RELEASE));
        Table table =
                Table.of(between, List.of(proposed, stranger, elsewhere, older, own, unknown, mixed, notOwn, same));
        assertThat(table.parts()).isEqualTo(Table.of(between, List.of(proposed)).parts());
        assertThat(table.refused())
                .extracting(refusal -> refusal.problem().code())
                .containsExactlyInAnyOrder(
                        "memorandum.negotiation.no-party",
                        "memorandum.negotiation.other-parties",
                        "memorandum.negotiation.other-memorandum",
                        "memorandum.negotiation.own",
                        "memorandum.negotiation.unknown",
                        "memorandum.negotiation.other-text",
                        "memorandum.negotiation.not-own",
                        "memorandum.negotiation.same-text");
    }

    @Test
    void whatTwoCopiesOfAFolderSaidBothCountsAndIsTold() {
        Move first = mx.proposes(between, text(RELEASE));
        Move there = mx.proposes(between, text(Part.HEAD));
        Move here = mx.from(Optional.of(first.id())).proposes(between, text(Part.PROMISES));
        Move after = mx.from(Optional.of(there.id())).takesBack(between, there);
        Table table = Table.of(between, List.of(first, there, here, after));
        assertThat(table.forked()).containsExactly(mx.code());
        assertThat(table.refused()).isEmpty();
        assertThat(table.parts()).containsOnlyKeys(RELEASE, Part.PROMISES);
        assertThat(table.last(mx.code())).contains(after.id());
    }

    @Test
    void whenEveryPartIsAgreedTheWholeIsTheMemorandum() {
        List<Move> moves = everything();
        assertThat(Table.of(between, List.of()).settlement()).isEqualTo(new Settlement.Open(new TreeSet<>()));
        assertThat(Table.of(between, moves.subList(0, moves.size() - 1)).settlement())
                .isInstanceOf(Settlement.Open.class);
        assertThat(Table.of(between, moves).settlement()).isInstanceOfSatisfying(Settlement.Settled.class, settled -> {
            assertThat(settled.memorandum()).isEqualTo(TEXT);
            assertThat(settled.doubts()).isEmpty();
        });
    }

    @Test
    void nothingIsSettledWhileAStatementThatWasAnsweredIsMissing() {
        List<Move> moves = everything();
        for (Move lost : moves) {
            List<Move> rest = moves.stream().filter(move -> !move.equals(lost)).toList();
            assertThat(Table.of(between, rest).settlement()).as(lost.toString()).isInstanceOf(Settlement.Open.class);
        }
    }

    @Test
    void agreedPartsThatMakeNoMemorandumGiveTheFindingsByPart() {
        List<Move> moves = everything();
        Move without = mx.proposes(between, PartText.leftOut(new Part(Part.Section.PURPOSE, "money-laundering")));
        moves.add(without);
        moves.add(us.agrees(between, without));
        assertThat(Table.of(between, moves).settlement())
                .isInstanceOfSatisfying(
                        Settlement.Unsound.class,
                        unsound -> assertThat(unsound.flaws()).anySatisfy(flaw -> {
                            assertThat(flaw.part()).contains(RELEASE);
                            assertThat(flaw.problem().code()).isEqualTo("memorandum.language.unknown-name");
                        }));
    }

    @Test
    void wordsThatAreNotTheCanonicalOnesAreNotSettled() throws Malformed {
        List<Move> moves = everything();
        var words = (tools.jackson.databind.node.ObjectNode) text(RELEASE).json();
        words.remove("export");
        Move loose = mx.proposes(between, PartText.read(RELEASE, words));
        moves.add(loose);
        moves.add(us.agrees(between, loose));
        assertThat(Table.of(between, moves).settlement())
                .isEqualTo(new Settlement.Unsound(List.of(new Settlement.Flaw(
                        Optional.of(RELEASE),
                        0,
                        org.entente.evidence.canonical.Problem.of("memorandum.negotiation.not-canonical", "3.1")))));
    }

    @Test
    void aTextIsSettledOnlyBetweenThePartiesThatItNames() {
        Delegation gt = new Delegation("GT");
        Negotiation others = negotiation(mx, gt);
        List<Move> moves = new ArrayList<>();
        for (PartText part : PARTS.values()) {
            Move proposed = mx.proposes(others, part);
            moves.add(proposed);
            moves.add(gt.agrees(others, proposed));
        }
        assertThat(Table.of(others, moves).settlement())
                .isInstanceOfSatisfying(
                        Settlement.Unsound.class,
                        unsound -> assertThat(unsound.flaws())
                                .extracting(flaw -> flaw.problem().code())
                                .containsExactly("memorandum.negotiation.parties-differ"));
    }

    @Test
    void aTextThatBreaksItsPromisesIsNotSettled() {
        Memorandum broken = changed("    onward: with consent\n    export: with consent\n    keep: P5Y", """
                    onward: freely
                    widens: yes
                    export: with consent
                    keep: P5Y""".indent(4)
                .stripTrailing());
        assertThat(broken.brokenPromises()).isNotEmpty();
        SortedMap<Part, PartText> parts = new TreeMap<>(PartText.of(broken));
        assertThat(Assembly.of(parts).settle(between.parties()))
                .isInstanceOfSatisfying(
                        Settlement.Unsound.class,
                        unsound -> assertThat(unsound.flaws())
                                .extracting(flaw -> flaw.problem().code())
                                .containsOnly("memorandum.signing.promise-broken"));
    }

    @Test
    void aNegotiationNeedsTwoParties() {
        assertThatThrownBy(() -> negotiation(mx)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Move> everything() {
        List<Move> moves = new ArrayList<>();
        for (PartText part : PARTS.values()) {
            Move proposed = mx.proposes(between, part);
            moves.add(proposed);
            moves.add(us.agrees(between, proposed));
        }
        return moves;
    }
}
