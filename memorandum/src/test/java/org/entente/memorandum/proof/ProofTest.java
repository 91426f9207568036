package org.entente.memorandum.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.officer.ActName;
import org.junit.jupiter.api.Test;

class ProofTest {
    @Test
    void theExampleKeepsEveryPromise() {
        Proof proof = Proof.of(Example.memorandum());
        List<Proof.Part> parts = new ArrayList<>();
        for (ActName act : proof.parts()) {
            long begun = System.nanoTime();
            Proof.Part part = proof.run(act, EnumSet.allOf(Never.class));
            parts.add(part);
            System.out.println(act + " " + part.cases() + " " + part.permitted() + " " + part.breaches() + " "
                    + (System.nanoTime() - begun) / 1_000_000 + " ms");
        }
        System.out.println(proof.sizes());
        assertThat(Proof.report(parts).breaches()).isEmpty();
    }
}
