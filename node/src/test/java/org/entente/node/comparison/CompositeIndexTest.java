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
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.Role;
import org.entente.node.holding.Loads;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Seventy invented companies by name and state, of which no number is known; the memorandum wants 50 in an index. */
@Timeout(180)
class CompositeIndexTest {
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
    void anIndexHoldsKeysOnlyWhereItsHolderNamesTheirClassAndSaysSo() throws Exception {
        load(0, 40);
        assertBelowMinimum("40", "name-state");
        load(40, 70);
        assertThat(party.count("identifier where type = 'name-state'")).isEqualTo(70);
        assertThat(party.count("item where jsonb_array_length(document -> 'identifiers') > 0"))
                .isZero();
        assertThat(party.holdings.ownIdentifiers(PartyOnTrial.UIF, new Category("company"), IdentifierType.NAME_STATE))
                .hasSize(70)
                .allMatch(key -> key.value().endsWith("|MX-SIN"));
        assertBelowMinimum("0");
        assertBelowMinimum("0", "name-birth");
        ObjectNode draft = prepare("name-state");
        assertThat(draft.at("/says/content/composite")).hasSize(1);
        assertThat(draft.at("/says/content/composite/0").asString()).isEqualTo("name-state");
        assertThat(draft.at("/says/content/paddedSize").asInt()).isEqualTo(128);
    }

    @Test
    void anUnknownClassOrANumbersTypeIsNone() {
        for (String word : List.of("rfc", "name", "NAME-STATE", "")) {
            assertThatExceptionOfType(Malformed.class)
                    .isThrownBy(() -> prepare(word))
                    .satisfies(
                            refused -> assertThat(refused.problem().code()).isEqualTo("comparison.composite-unknown"));
        }
    }

    private static void assertBelowMinimum(String found, String... classes) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> prepare(classes))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("matching.build.below-minimum");
                    assertThat(refused.problem().arguments()).containsExactly(found, "50");
                });
    }

    private static ObjectNode prepare(String... classes) throws Exception {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("partner", PartyOnTrial.FINCEN.text())
                .put("memorandum", party.memorandum.digest().hex())
                .put("category", "company")
                .put("purpose", "money-laundering");
        if (classes.length > 0) {
            ArrayNode named = facts.putArray("composite");
            List.of(classes).forEach(named::add);
        }
        return party.acts().prepare("index", facts, unit.officer());
    }

    private static void load(int from, int to) throws Exception {
        StringBuilder file = new StringBuilder("nombre,estado\n");
        for (int n = from; n < to; n++) {
            file.append("\"Fletes Quux ").append(n).append(", S.A. de C.V.\",Sinaloa\n");
        }
        party.pass(Duration.ofSeconds(1));
        party.loads.load(
                new Loads.Order(
                        new ListFormat.Csv("nombre+estado", IdentifierType.NAME_STATE),
                        PartyOnTrial.UIF,
                        PartyOnTrial.UIF,
                        Optional.of(Place.parse("MX")),
                        List.of(new Purpose("money-laundering"))),
                new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.UTF_8)),
                "uif-analyst-1");
    }
}
