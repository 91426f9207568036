package org.entente.memorandum.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Never;
import org.junit.jupiter.api.Test;

class ProofTest {
    @Test
    void theExampleKeepsEveryPromise() {
        Proof proof = Proof.of(Example.memorandum());
        List<Proof.Part> parts = proof.parts().stream()
                .map(act -> proof.run(act, EnumSet.allOf(Never.class)))
                .toList();
        Proof.Report report = Proof.report(parts);
        assertThat(report.breaches()).isEmpty();
        assertThat(report.permitted())
                .as("a memorandum that permits nothing keeps every promise")
                .isGreaterThan(1_000);
    }
}
