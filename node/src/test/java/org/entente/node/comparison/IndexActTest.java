package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.Role;
import org.entente.node.holding.Loads;
import org.entente.node.trial.Companies;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The example memorandum wants 50 identifiers in an index of companies; indices are padded to 64. */
@Timeout(180)
class IndexActTest {
    @TempDir
    static Path folder;

    private static PartyOnTrial party;
    private static Signer unit;

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder);
        unit = party.officer("uif-liaison-1", PartyOnTrial.UIF, Role.LIAISON);
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @Test
    void theMinimumIsOfDifferentIdentifiersAndNotOfRecordsOrPaddedEntries() throws Exception {
        load(Companies.csv(49));
        assertBelowMinimum();
        StringBuilder twice = new StringBuilder(Companies.csv(49));
        for (int n = 0; n < 40; n++) {
            twice.append(Companies.rfc(n))
                    .append(",Another name of company ")
                    .append(n)
                    .append('\n');
        }
        load(twice.toString());
        assertThat(party.count("item")).isEqualTo(89);
        assertBelowMinimum();
        assertThat(party.count("draft")).isZero();
        load(Companies.csv(50));
        ObjectNode draft = prepare();
        assertThat(draft.required("says")
                        .required("content")
                        .required("paddedSize")
                        .asInt())
                .isEqualTo(64);
    }

    private static void assertBelowMinimum() {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(IndexActTest::prepare)
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("matching.build.below-minimum");
                    assertThat(refused.problem().arguments()).containsExactly("49", "50");
                });
    }

    private static ObjectNode prepare() throws Exception {
        return party.acts()
                .prepare(
                        "index",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("partner", PartyOnTrial.FINCEN.text())
                                .put("memorandum", party.memorandum.digest().hex())
                                .put("category", "company")
                                .put("purpose", "money-laundering"),
                        unit.officer());
    }

    private static void load(String file) throws Exception {
        party.pass(Duration.ofSeconds(1));
        party.loads.load(
                new Loads.Order(
                        new ListFormat.Csv("rfc", IdentifierType.RFC),
                        PartyOnTrial.UIF,
                        PartyOnTrial.UIF,
                        Optional.of(Place.parse("MX")),
                        List.of(new Purpose("money-laundering"))),
                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                "uif-analyst-1");
    }
}
