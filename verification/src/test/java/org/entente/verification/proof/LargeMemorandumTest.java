package org.entente.verification.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Ruling;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.proof.Proof;
import org.entente.memorandum.signing.Course;
import org.entente.memorandum.signing.Standing;
import org.entente.verification.memoranda.InventedActs;
import org.entente.verification.memoranda.InventedMemorandum;
import org.entente.verification.memoranda.Shape;
import org.junit.jupiter.api.Test;

/** Memoranda larger than people would write by hand: forty clauses among five parties and sixty authorities. */
final class LargeMemorandumTest {
    private static final boolean DEEP = "1".equals(System.getenv("ENTENTE_DEEP"));
    private static final int ACTS = DEEP ? 400_000 : 100_000;
    /** Of the memorandum, and of the acts. */
    private static final List<Long> SEEDS = DEEP ? List.of(7L, 8L, 9L, 10L, 11L) : List.of(7L);

    @Test
    void everyActDecidesAsTheRepresentativeOfItsClass() {
        SEEDS.forEach(LargeMemorandumTest::decidesAsRepresentatives);
    }

    private static void decidesAsRepresentatives(long seed) {
        InventedMemorandum invented = InventedMemorandum.of(Shape.USUAL, seed);
        Standing inForce = invented.inForce();
        List<Standing> others = others(inForce.memorandum());
        Proof proof = Proof.of(inForce.memorandum());
        InventedActs acts = new InventedActs(invented, seed);
        for (int n = 0; n < ACTS; n++) {
            Act act = acts.next();
            Standing standing = n % 4 == 0 ? others.get(n / 4 % others.size()) : inForce;
            Ruling itself = proof.itself(standing, act);
            Ruling representative = proof.representative(standing, act);
            if (!itself.equals(representative)) {
                assertThat(representative)
                        .as("act %d of seed %d, %s: %s", n, seed, standing.word(), act)
                        .isEqualTo(itself);
            }
        }
    }

    /** Everything that parties can declare, in the middle of the time of which acts are drawn. */
    private static List<Standing> others(Memorandum memorandum) {
        PartyCode party = memorandum.parties().firstKey();
        Instant moment = Instant.parse("2026-12-01T12:00:00Z");
        Standing.InForce inForce = new Standing.InForce(memorandum, InventedMemorandum.SINCE);
        SortedMap<ClauseNumber, Course.Suspension> clauses = new TreeMap<>();
        memorandum
                .clausesOf(Terms.Grant.class)
                .forEach(clause -> clauses.put(
                        clause.number(),
                        new Course.Suspension(
                                party,
                                moment,
                                new TreeSet<>(),
                                clauses.size() % 2 == 0 ? Optional.empty() : Optional.of(moment.plusSeconds(1)))));
        return List.of(
                new Standing.Draft(memorandum),
                new Standing.InForce(memorandum, moment),
                new Standing.InForce(new Course(memorandum, InventedMemorandum.SINCE, clauses), inForce.since()),
                new Standing.Suspended(memorandum, party, InventedMemorandum.SINCE, new TreeSet<>()),
                new Standing.Withdrawn(memorandum, party, InventedMemorandum.SINCE, moment),
                new Standing.Superseded(inForce, Digest.of(new byte[] {1}), 2, moment));
    }

    @Test
    void everyCaseOfASmallerOneIsTriedAndNoneBreaksWhatItPromises() {
        Proof proof = Proof.of(InventedMemorandum.of(new Shape(3, 12, 20), 7).read());
        List<Proof.Part> parts = proof.parts().stream()
                .map(act -> proof.run(act, EnumSet.allOf(Never.class)))
                .toList();
        Proof.Report report = Proof.report(parts);
        assertThat(report.breaches().keySet())
                .as("what an order of a court leaves in use")
                .containsExactly(Never.NOTHING_KEPT_TOO_LONG);
        assertThat(report.permitted()).isGreaterThan(10_000);
    }
}
