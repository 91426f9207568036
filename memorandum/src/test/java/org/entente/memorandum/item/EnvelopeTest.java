package org.entente.memorandum.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class EnvelopeTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    @Test
    void itIsReadBackAsItWasWritten() throws Malformed {
        Envelope envelope = envelope();
        assertThat(Envelope.fromJson(envelope.toJson())).isEqualTo(envelope);
        assertThat(envelope.cleared()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "category",
                "purposes",
                "provenance",
                "handling",
                "audience",
                "secrecyRegime",
                "personCategory",
                "retention"
            })
    void nothingThatADecisionNeedsMayBeMissing(String name) throws Malformed {
        ObjectNode node = (ObjectNode) envelope().toJson();
        node.remove(name);
        assertThatThrownBy(() -> Envelope.fromJson(node)).isInstanceOf(Malformed.class);
    }

    @Test
    void whatIsNotWrittenInTheOneFormIsRefused() throws Malformed {
        for (String[] change : new String[][] {
            {"\"P5Y\"", "\"P60M0D\""},
            {"\"P5Y\"", "\"P0D\""},
            {"\"P5Y\"", "\"-P5Y\""},
            {"\"B2\"", "\"B5\""},
            {"\"B2\"", "\"b2\""},
            {"\"H1\"", "\"H4\""},
            {"\"drug-trafficking\",\"money-laundering\"", "\"money-laundering\",\"drug-trafficking\""},
            {"\"drug-trafficking\",\"money-laundering\"", "\"drug-trafficking\",\"drug-trafficking\""},
            {"\"drug-trafficking\",\"money-laundering\"", ""},
            {"\"MX\"", "\"mx\""},
            {"\"MX\"", "\"ZZ\""},
            {"\"2023-07-01\"", "\"2023-02-30\""},
            {"\"cleared\":true", "\"cleared\":\"true\""},
            {"\"category\"", "\"subject\":\"x\",\"category\""},
        }) {
            String written = CanonicalJson.text(envelope().toJson());
            assertThat(written).contains(change[0]);
            byte[] changed = written.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Envelope.fromJson(CanonicalJson.parse(changed, 10_000)))
                    .as(change[1])
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void whateverTheBytesItIsRefusedOrReadBackAsTheSame() throws Malformed {
        byte[] written = CanonicalJson.encode(envelope().toJson());
        for (long seed = 1; seed <= 3_000L * DEPTH; seed++) {
            Random random = new Random(seed);
            byte[] mutated = written.clone();
            mutated[random.nextInt(mutated.length)] = (byte) (32 + random.nextInt(95));
            mutated[random.nextInt(mutated.length)] = (byte) (32 + random.nextInt(95));
            try {
                var node = CanonicalJson.parse(mutated, 10_000);
                assertThat(CanonicalJson.text(Envelope.fromJson(node).toJson()))
                        .as("seed %d", seed)
                        .isEqualTo(CanonicalJson.text(node));
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).isNotEmpty();
            } catch (RuntimeException unexpected) {
                throw new AssertionError("seed " + seed, unexpected);
            }
        }
    }

    @Test
    void aCountryContainsItsStatesAndAStateOnlyItself() throws Malformed {
        Territory mexico = Territory.parse("MX");
        Territory sinaloa = Territory.parse("MX-SIN");
        assertThat(mexico.contains(sinaloa)).isTrue();
        assertThat(mexico.contains(mexico)).isTrue();
        assertThat(sinaloa.contains(mexico)).isFalse();
        assertThat(sinaloa.contains(Territory.parse("MX-SON"))).isFalse();
        for (Unplaced unplaced : Unplaced.values()) {
            assertThat(mexico.contains(Place.parse(unplaced.code()))).isFalse();
        }
        for (String wrong : List.of("", "M", "MEX", "MX-", "MX-SINA", "mx", "XX", "MX-SIN-X", "МХ", "MX\n")) {
            assertThatThrownBy(() -> Territory.parse(wrong)).as(wrong).isInstanceOf(Malformed.class);
        }
    }

    private static Envelope envelope() throws Malformed {
        return Envelope.of(
                        new Category("public-list-entry"),
                        List.of(new Purpose("money-laundering"), new Purpose("drug-trafficking")),
                        new Provenance(
                                AuthorityCode.parse("MX/SAT"),
                                Place.parse("MX"),
                                LocalDate.parse("2023-07-10"),
                                "Código Fiscal de la Federación, art. 69-B",
                                Optional.of("JA-1"),
                                Digest.of(new byte[] {1})),
                        new Marking(
                                Optional.of(Grading.parse("B2")),
                                new Handling(Handling.Code.H1, Handling.Audience.AMBER_STRICT),
                                SecrecyRegime.NONE,
                                PersonCategory.LISTED),
                        Period.ofYears(5))
                .withListStatus(ListStatus.of("Sentencia Favorable", LocalDate.parse("2023-07-01"), true));
    }
}
