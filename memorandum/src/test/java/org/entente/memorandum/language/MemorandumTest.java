package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;

class MemorandumTest {
    @Test
    void theExampleIsReadAndItsCanonicalFormIsReadBackAsTheSame() throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(Example.yaml());
        assertThat(Memorandum.parseCanonical(memorandum.canonical())).isEqualTo(memorandum);
        assertThat(memorandum.brokenPromises()).isEmpty();
    }
}
