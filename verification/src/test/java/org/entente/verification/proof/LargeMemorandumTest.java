package org.entente.verification.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.proof.Proof;
import org.entente.memorandum.signing.Standing;
import org.entente.verification.memoranda.InventedActs;
import org.entente.verification.memoranda.InventedMemorandum;
import org.entente.verification.memoranda.Shape;
import org.junit.jupiter.api.Test;

/** Forty clauses among five parties and sixty authorities. */
final class LargeMemorandumTest {
    private static final int ACTS = 1_000_000;

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
    void everyCaseOfItIsTried() {
        Proof proof = Proof.of(InventedMemorandum.of(Shape.USUAL, 7).read());
        List<Proof.Part> parts = new ArrayList<>();
        for (ActName act : proof.parts()) {
            long begun = System.nanoTime();
            parts.add(proof.run(act, EnumSet.allOf(Never.class)));
            System.out.println("TRY " + act + " " + parts.getLast().cases() + " "
                    + parts.getLast().permitted() + " "
                    + parts.getLast().breaches().keySet() + " " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        }
        System.out.println("TRY " + proof.sizes());
        assertThat(Proof.report(parts).permitted()).isPositive();
    }
}
