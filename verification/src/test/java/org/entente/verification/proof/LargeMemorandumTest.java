package org.entente.verification.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.proof.Proof;
import org.entente.memorandum.signing.Standing;
import org.entente.verification.memoranda.InventedActs;
import org.entente.verification.memoranda.InventedMemorandum;
import org.entente.verification.memoranda.Shape;
import org.junit.jupiter.api.Test;

/** Memoranda larger than people would write by hand: forty clauses among five parties and sixty authorities. */
final class LargeMemorandumTest {
    private static final int ACTS = "1".equals(System.getenv("ENTENTE_DEEP")) ? 2_000_000 : 200_000;

    @Test
    void everyActDecidesAsTheRepresentativeOfItsClass() {
        InventedMemorandum invented = InventedMemorandum.of(Shape.USUAL, 7);
        Standing standing = invented.inForce();
        Proof proof = Proof.of(standing.memorandum());
        InventedActs acts = new InventedActs(invented, 11);
        for (int n = 0; n < ACTS; n++) {
            Act act = acts.next();
            if (!proof.itself(standing, act).equals(proof.representative(standing, act))) {
                assertThat(proof.representative(standing, act))
                        .as("act %d of seed 11: %s", n, act)
                        .isEqualTo(proof.itself(standing, act));
            }
        }
    }

    @Test
    void everyCaseOfASmallerOneIsTriedAndNoneBreaksAPromise() {
        Proof proof = Proof.of(InventedMemorandum.of(new Shape(3, 12, 20), 7).read());
        List<Proof.Part> parts = proof.parts().stream()
                .map(act -> proof.run(act, EnumSet.allOf(Never.class)))
                .toList();
        Proof.Report report = Proof.report(parts);
        assertThat(report.breaches()).isEmpty();
        assertThat(report.permitted()).isGreaterThan(10_000);
    }
}
