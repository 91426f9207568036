package org.entente.evidence.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
    @ParameterizedTest
    @ValueSource(strings = {"YQ==", "YR", "Y Q", "Y", "YQ\n", "+w", "YQ="})
    void base64urlHasOneTextForEachByteString(String other) {
        assertThatThrownBy(() -> Base64Text.parseUrl(other)).hasMessage("base64.malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"YQ", "YR==", "YQ== ", "-w==", "YQ="})
    void paddedBase64HasOneTextForEachByteString(String other) {
        assertThatThrownBy(() -> Base64Text.parsePadded(other)).hasMessage("base64.malformed");
    }

    @Test
    void base64ReadsWhatItPrints() throws Malformed {
        byte[] bytes = {(byte) 0xfb, (byte) 0xff, 0, 7};
        assertThat(Base64Text.parseUrl(Base64Text.url(bytes))).isEqualTo(bytes);
        assertThat(Base64Text.parsePadded(Base64Text.padded(bytes))).isEqualTo(bytes);
        assertThat(Base64Text.parseUrl("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T08:15:00+00:00",
                "2026-01-31T08:15:00.0Z",
                "2026-02-30T08:15:00Z",
                "2026-01-31t08:15:00z",
                "2026-01-31T24:00:00Z",
                "2026-06-30T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "+12026-01-31T08:15:00Z",
                "2026-1-31T08:15:00Z"
            })
    void aMomentHasOneText(String other) {
        assertThatThrownBy(() -> UtcSeconds.parse(other)).hasMessage("time.malformed");
    }

    @Test
    void aMomentReadsBack() throws Malformed {
        assertThat(UtcSeconds.parse("2024-02-29T23:59:59Z")).isEqualTo(Instant.parse("2024-02-29T23:59:59Z"));
        assertThat(UtcSeconds.print(Instant.parse("2024-02-29T23:59:59.999Z"))).isEqualTo("2024-02-29T23:59:59Z");
    }

    /** FIPS 180-4 example "abc". */
    @Test
    void aDigestPrintsAndReadsBack() throws Malformed {
        Digest abc = Digest.of("a".getBytes(StandardCharsets.US_ASCII), "bc".getBytes(StandardCharsets.US_ASCII));
        assertThat(abc.hex()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digest.parse(abc.hex())).isEqualTo(abc);
        assertThatThrownBy(() -> Digest.parse(abc.hex().toUpperCase(java.util.Locale.ROOT)))
                .hasMessage("digest.malformed");
        abc.bytes()[0] = 0;
        assertThat(abc.bytes()[0]).isEqualTo((byte) 0xba);
    }

    @Test
    void framedPartsCannotShiftIntoEachOther() {
        byte[] ab = {1, 2};
        byte[] a = {1};
        byte[] b = {2};
        assertThat(Digest.framed("d", ab, new byte[0])).isNotEqualTo(Digest.framed("d", a, b));
        assertThat(Digest.framed("d", a)).isNotEqualTo(Digest.framed("e", a));
    }
}
