package org.entente.verification.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlainIntersectionTest {
    @Test
    void separatorsAndCaseDoNotCount() {
        assertThat(PlainIntersection.normal(" kqw-310115.ab/1 ")).contains("KQW310115AB1");
    }

    @Test
    void withoutHomoclaveOrDayItIsNoNumber() {
        assertThat(PlainIntersection.normal("KQW-310115")).isEmpty();
        assertThat(PlainIntersection.normal("KQW310230AB1")).isEmpty();
    }

    @Test
    void placeholdersAreNone() {
        assertThat(PlainIntersection.normal("XAXX010101000")).isEmpty();
        assertThat(PlainIntersection.normal("XEXX010101000")).isEmpty();
        assertThat(PlainIntersection.normal("XXXXXXXXXXXX")).isEmpty();
    }
}
