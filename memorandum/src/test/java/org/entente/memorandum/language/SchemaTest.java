package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SchemaTest {
    private final JsonNode schema = schema();
    private final SmallSchema small = new SmallSchema(schema);

    @Test
    void theParserAndTheSchemaKnowTheSameKeys() {
        for (Vocabulary construct : Vocabulary.values()) {
            JsonNode definition = schema.required("$defs").required(construct.definition());
            assertThat(definition.required("properties").propertyNames())
                    .as(construct.definition())
                    .containsExactlyInAnyOrderElementsOf(construct.keys());
            assertThat(definition.required("additionalProperties").booleanValue())
                    .isFalse();
        }
    }

    @Test
    void theParserAndTheSchemaKnowTheSameWords() {
        words("kind", Words.AuthorityKind.class);
        words("ground", Words.RefusalGround.class);
        words("surviving-duty", Words.SurvivingDuty.class);
        words("cleared-entries", Words.ClearedEntries.class);
        words("consent", Words.Consent.class);
        words("promise", Never.class);
        words("act", ActName.class);
        words("manner", Manner.class);
        words("state", Property.Standing.class);
        words("person", PersonCategory.class);
        assertThat(texts(property("category", "place of obtaining"))).isEqualTo(of(Words.PlaceOfObtaining.class));
        assertThat(texts(property("category", "secrecy"))).isEqualTo(of(SecrecyRegime.class));
        assertThat(texts(property("clause-release", "on"))).isEqualTo(of(Words.Occasion.class));
        assertThat(texts(property("clause-release", "grading"))).isEqualTo(of(Words.GradingDemand.class));
        assertThat(texts(property("clause-release", "handling at least"))).isEqualTo(of(Handling.Code.class));
        for (String passing : Set.of("clause-release", "clause-contribute")) {
            assertThat(texts(property(passing, "legal hold"))).isEqualTo(of(Words.LegalHold.class));
            assertThat(texts(property(passing, "onward to those named in the request")))
                    .isEqualTo(of(Words.NamedInRequest.class));
        }
        assertThat(texts(property("clause-territory", "obtained outside own territory")))
                .isEqualTo(of(Words.TerritorialRule.class));
        assertThat(texts(property("clause-territory", "own territory"))).isEqualTo(of(Words.OwnTerritory.class));
        assertThat(texts(property("clause-announce", "announce"))).isEqualTo(of(Words.AnnounceRule.class));
        assertThat(texts(property("clause-challenge", "unanswered"))).isEqualTo(of(Words.Unanswered.class));
        assertThat(texts(property("clause-incident", "consequence"))).isEqualTo(of(Words.Consequence.class));
        assertThat(texts(property("clause-probe", "mode"))).isEqualTo(of(Words.MatchMode.class));
        assertThat(texts(property("clause-legal-nature", "legal nature"))).isEqualTo(of(Words.Nature.class));
        assertThat(texts(property("languages", "if they diverge"))).isEqualTo(of(Words.Divergence.class));
    }

    @Test
    void theSchemaAcceptsTheExampleAsWrittenAndInCanonicalForm() throws Malformed {
        assertThat(small.findings(json(tree(Example.yaml())))).isEmpty();
        assertThat(small.findings(CanonicalJson.parse(Example.memorandum().canonical(), 1 << 20)))
                .isEmpty();
    }

    @Test
    void theSchemaAcceptsEveryKeyAsWrittenAndInCanonicalForm() throws Malformed {
        assertThat(small.findings(json(tree(ClauseKeysTest.full())))).isEmpty();
        byte[] canonical = Memorandum.parseYaml(ClauseKeysTest.full()).canonical();
        assertThat(small.findings(CanonicalJson.parse(canonical, 1 << 20))).isEmpty();
    }

    @Test
    void theSchemaRefusesAnUnknownKeyWhereverItStands() throws Malformed {
        JsonNode example = CanonicalJson.parse(Example.memorandum().canonical(), 1 << 20);
        for (String path : Set.of(
                "/title",
                "/languages",
                "/parties/MX",
                "/parties/MX/authorities/UIF",
                "/purposes/money-laundering",
                "/categories/company",
                "/clauses/1.1",
                "/clauses/2.2/needs",
                "")) {
            JsonNode changed = example.deepCopy();
            ((ObjectNode) (path.isEmpty() ? changed : changed.at(path))).put("purpse", "x");
            assertThat(small.findings(changed)).as(path).isNotEmpty();
        }
    }

    private JsonNode property(String definition, String name) {
        return schema.required("$defs")
                .required(definition)
                .required("properties")
                .required(name);
    }

    private <E extends Enum<E> & Word> void words(String definition, Class<E> list) {
        assertThat(texts(schema.required("$defs").required(definition)))
                .as(definition)
                .isEqualTo(of(list));
    }

    private static <E extends Enum<E> & Word> Set<String> of(Class<E> list) {
        return new TreeSet<>(
                Arrays.stream(list.getEnumConstants()).map(Word::word).toList());
    }

    private static Set<String> texts(JsonNode definition) {
        Set<String> texts = new TreeSet<>();
        definition.required("enum").forEach(word -> texts.add(word.stringValue()));
        return texts;
    }

    private static JsonNode schema() {
        try {
            return CanonicalJson.parse(
                    Example.text("docs/spec/memorandum.schema.json").getBytes(StandardCharsets.UTF_8), 1 << 20);
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    private static Tree tree(String yaml) {
        return YamlText.parse(yaml, new Findings()).found().orElseThrow();
    }

    private static JsonNode json(Tree tree) {
        return switch (tree) {
            case Tree.Text text -> JsonNodeFactory.instance.stringNode(text.text());
            case Tree.Items items -> {
                var array = JsonNodeFactory.instance.arrayNode();
                items.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Tree.Entries entries -> {
                var object = JsonNodeFactory.instance.objectNode();
                entries.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
                yield object;
            }
        };
    }
}
