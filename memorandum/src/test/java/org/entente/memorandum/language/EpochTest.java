package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTest {
    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P30D", "P366D", "P12M", "P1Y", "P3M15D"})
    void anEpochLastsFromADayToAYear(String text) throws Malformed {
        assertThat(Epoch.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0D", "P367D", "P13M", "P2Y", "P1Y2M", "PT8H", "-P1D", "P1W", "thirty days", ""})
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> Epoch.parse(text))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("memorandum.period.malformed"));
    }

    @Test
    void aTextThatDoesNotSayMeansThirtyDaysAndIsSignedSo() throws Malformed {
        String silent = Example.yaml().replaceAll("    epoch: [^\n]*\n", "");
        assertThat(silent).doesNotContain("epoch:");
        assertThat(Memorandum.parseYaml(silent).digest())
                .isEqualTo(Memorandum.parseYaml(Example.yaml()).digest());
    }
}
