package org.entente.holdings.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.junit.jupiter.api.Test;

final class CompositeKeysTest {
    @Test
    void aPersonHasAKeyForEachNameAndEachWholeDate() {
        Entity person = new Entity.Draft()
                .add("name", "PÉREZ LÓPEZ, Juan")
                .add("alias", "Juan Pérez")
                .add("alias", "El Chapo")
                .add("previousName", "Juan López")
                .add("weakAlias", "Juan Weak")
                .add("birthDate", "1970-03-31")
                .add("birthDate", "1971-03-31")
                .add("birthDate", "1972")
                .as(Schema.PERSON);
        assertThat(CompositeKeys.of(person))
                .allMatch(key -> key.type() == IdentifierType.NAME_BIRTH)
                .extracting(Identifier::value)
                .containsExactly(
                        "JUAN LOPEZ PEREZ|1970-03-31",
                        "JUAN LOPEZ PEREZ|1971-03-31",
                        "JUAN PEREZ|1970-03-31",
                        "JUAN PEREZ|1971-03-31",
                        "JUAN LOPEZ|1970-03-31",
                        "JUAN LOPEZ|1971-03-31");
    }

    @Test
    void aPersonHasNoKeyOfNameAndStateNorOfANameAlone() {
        Entity.Draft draft =
                new Entity.Draft().add("name", "Juan Pérez López, S.A.").add("address", "MX-SIN");
        assertThat(CompositeKeys.of(draft.as(Schema.PERSON))).isEmpty();
        assertThat(CompositeKeys.of(
                        new Entity.Draft().add("name", "Juan Pérez López").as(Schema.PERSON)))
                .isEmpty();
    }

    @Test
    void aLegalEntityHasAKeyOnlyWhenItsNameSaysThatItIsACompany() {
        assertThat(company(Schema.LEGAL_ENTITY, "Juan Pérez López")).isEmpty();
        assertThat(company(Schema.LEGAL_ENTITY, "Transportes Pérez, S.A. de C.V."))
                .extracting(Identifier::value)
                .containsExactly("TRANSPORTES PEREZ|MX-SIN");
        assertThat(company(Schema.COMPANY, "Transportes Pérez"))
                .extracting(Identifier::value)
                .containsExactly("TRANSPORTES PEREZ|MX-SIN");
        assertThat(company(Schema.THING, "Transportes Pérez, S.A.")).isEmpty();
    }

    @Test
    void thousandsOfNamesAndDatesYieldFewKeysInLittleWork() {
        Entity.Draft many = new Entity.Draft();
        IntStream.range(0, 5_000)
                .forEach(i -> many.add("name", "Juan Alias" + i + " ".repeat(i % 7) + "x".repeat(60_000))
                        .add("alias", "Juan " + Integer.toString(i, 26).replaceAll("[0-9]", "z") + " Ruiz")
                        .add("birthDate", "19" + (10 + i % 90) + "-03-" + (10 + i % 20)));
        assertThat(CompositeKeys.of(many.as(Schema.PERSON))).hasSizeLessThanOrEqualTo(CompositeKeys.KEYS_MAX);
        Entity.Draft names = new Entity.Draft().add("birthDate", "1970-03-31");
        IntStream.range(0, 5_000)
                .forEach(i -> names.add("name", "Juan " + "abcdefghij".charAt(i % 10) + "o" + i + "q Ruiz"));
        assertThat(CompositeKeys.of(names.as(Schema.PERSON))).hasSize(CompositeKeys.KEYS_MAX);
    }

    private static List<Identifier> company(Schema schema, String name) {
        return CompositeKeys.of(
                new Entity.Draft().add("name", name).add("address", "MX-SIN").as(schema));
    }
}
