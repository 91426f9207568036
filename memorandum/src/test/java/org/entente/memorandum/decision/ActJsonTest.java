package org.entente.memorandum.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.ActName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Acts as they stand in statements: every kind is read back as the same; whatever else a text says is refused, and nothing else happens. */
class ActJsonTest {
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;
    private static final int BYTES_MAX = 1 << 20;
    private static final List<String> VALUES = List.of(
            "\"\"",
            "\"yes\"",
            "\"no\"",
            "null",
            "true",
            "0",
            "-1",
            "1e3",
            "9007199254740993",
            "[]",
            "{}",
            "[[]]",
            "\"MX/UIF\"",
            "\"2026-02-30\"",
            "\"2026-11-22\"",
            "\"P0D\"",
            "\"PT1S\"",
            "\"\\u0000\"",
            "\"\\ud800\"");

    private static Map<ActName, Act> examples() {
        Map<ActName, Act> examples = new EnumMap<>(ActName.class);
        DrawnActs acts = new DrawnActs(Story.parsed(() -> Memorandum.parseYaml(Loose.text())), 9);
        while (examples.size() < ActName.values().length || !richest(examples)) {
            Act act = acts.next();
            examples.merge(act.name(), act, (one, other) -> length(other) > length(one) ? other : one);
        }
        return examples;
    }

    /** With hold, list status and joint authorisation somewhere. */
    private static boolean richest(Map<ActName, Act> examples) {
        String all = examples.values().toString();
        return all.contains("LegalHold[") && all.contains("JA-") && all.contains("P1M=") && all.contains("ListStatus[");
    }

    private static int length(Act act) {
        return CanonicalJson.encode(act.toJson()).length;
    }

    @Test
    void everyKindIsReadBackAsTheSame() throws Malformed {
        DrawnActs acts = new DrawnActs(Story.parsed(() -> Memorandum.parseYaml(Loose.text())), 10);
        TreeSet<ActName> kinds = new TreeSet<>();
        for (int n = 0; n < 600 * DEPTH; n++) {
            Act act = acts.next();
            byte[] bytes = CanonicalJson.encode(act.toJson());
            Act read = Act.fromJson(CanonicalJson.parseCanonical(bytes, BYTES_MAX), DrawnItems.AUTHORISATIONS);
            assertThat(read).as("act %d", n).isEqualTo(act);
            assertThat(CanonicalJson.encode(read.toJson())).as("act %d", n).isEqualTo(bytes);
            kinds.add(act.name());
        }
        assertThat(kinds).containsExactly(ActName.values());
    }

    /** Each member is left out, doubled in meaning, or given another value; an unknown one is added. */
    @Test
    void everyMemberMustBeThereAndOfItsFormAndNoOtherMayBe() {
        examples().forEach((name, act) -> {
            for (String path : paths(act.toJson(), "")) {
                for (String value : VALUES) {
                    JsonNode changed = changed(act, path, value);
                    refusedOrReadAsItIs(changed, name + " " + path + " = " + value);
                }
            }
            for (String member : act.toJson().propertyNames()) {
                ObjectNode without = act.toJson();
                without.remove(member);
                boolean optional = List.of("case", "legalBasis", "challenged", "chargedWithin", "hold")
                        .contains(member);
                assertThat(reads(without)).as("%s without %s", name, member).isEqualTo(optional);
            }
            ObjectNode more = act.toJson();
            more.put("approval", "given");
            assertThat(reads(more)).as("%s with one member more", name).isFalse();
        });
    }

    @Test
    void whateverTheBytesTheyAreRefusedOrReadAsTheyAre() {
        List<Act> examples = List.copyOf(examples().values());
        for (long seed = 1; seed <= 3_000L * DEPTH; seed++) {
            Random random = new Random(seed);
            byte[] bytes = CanonicalJson.encode(
                    examples.get(random.nextInt(examples.size())).toJson());
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes = mutated(bytes, random);
            }
            try {
                refusedOrReadAsItIs(CanonicalJson.parseCanonical(bytes, BYTES_MAX), "seed " + seed);
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).as("seed %d", seed).isNotEmpty();
            } catch (RuntimeException | StackOverflowError unexpected) {
                throw new AssertionError("seed " + seed, unexpected);
            }
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        if (random.nextInt(4) == 0) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            return (text.substring(0, from) + VALUES.get(random.nextInt(VALUES.size())) + text.substring(to))
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] changed = bytes.clone();
        changed[random.nextInt(changed.length)] =
                (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 32 + random.nextInt(95));
        return changed;
    }

    private static void refusedOrReadAsItIs(JsonNode node, String which) {
        try {
            Act act = Act.fromJson(node, DrawnItems.AUTHORISATIONS);
            assertThat(CanonicalJson.text(act.toJson())).as(which).isEqualTo(CanonicalJson.text(node));
        } catch (Malformed refused) {
            assertThat(refused.problem().code()).as(which).isNotEmpty();
        } catch (RuntimeException | StackOverflowError unexpected) {
            throw new AssertionError(which, unexpected);
        }
    }

    private static boolean reads(JsonNode node) {
        try {
            Act.fromJson(node, DrawnItems.AUTHORISATIONS);
            return true;
        } catch (Malformed refused) {
            return false;
        }
    }

    /** Where a value stands: {@code /envelope/provenance/obtainedIn}, {@code /approvers/0/role}. */
    private static List<String> paths(JsonNode node, String above) {
        List<String> paths = new ArrayList<>();
        switch (node) {
            case ObjectNode object ->
                object.propertyNames().forEach(name -> {
                    paths.add(above + "/" + name);
                    paths.addAll(paths(object.get(name), above + "/" + name));
                });
            case ArrayNode array
            when !array.isEmpty() -> {
                paths.add(above + "/0");
                paths.addAll(paths(array.get(0), above + "/0"));
            }
            default -> {
                // A plain value has nothing below it.
            }
        }
        return paths;
    }

    private static JsonNode changed(Act act, String path, String value) {
        ObjectNode node = act.toJson();
        int last = path.lastIndexOf('/');
        JsonNode parent = node.at(path.substring(0, last));
        JsonNode instead = Story.parsed(() -> valueOf(value));
        switch (parent) {
            case ObjectNode object -> object.set(path.substring(last + 1), instead);
            case ArrayNode array -> array.set(0, instead);
            default -> throw new AssertionError(path);
        }
        return node;
    }

    private static JsonNode valueOf(String value) throws Malformed {
        try {
            return CanonicalJson.parse(("{\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8), BYTES_MAX)
                    .get("v");
        } catch (Malformed unreadable) {
            return CanonicalJson.parse("{\"v\":\"unreadable\"}".getBytes(StandardCharsets.UTF_8), BYTES_MAX)
                    .get("v");
        }
    }

    /** Each row changes one place of an act that can be read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PROBE|/chargedWithin|{}|memorandum.list-unsorted",
                "PROBE|/chargedWithin|{\"P1M\":1125899906842624}|json.",
                "PROBE|/identifiers|0|json.",
                "PROBE|/identifiers|1125899906842625|json.",
                "PROBE|/indexIdentifiers|1125899906842625|json.",
                "WATCH|/until|\"2020-01-01T00:00:00Z\"|memorandum.act.watch-ends-before",
                "WATCH|/act|\"listen\"|memorandum.word.unknown",
                "INDEX|/authorisations|[\"00\"]|",
                "INDEX|/challenged|\"no\"|memorandum.word.unknown",
                "RELEASE|/authorisations|[\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"]|memorandum.authorisation.unknown",
                "FORWARD|/namedInRequest|\"perhaps\"|memorandum.word.unknown",
                "USE|/manner|\"gossip\"|memorandum.word.unknown",
                "ANNOUNCE|/named|[]|json.",
                "ANNOUNCE|/named|[\"US\",\"MX\"]|memorandum.list-unsorted",
                "ANNOUNCE|/countersigned|[\"MX\",\"MX\"]|memorandum.list-unsorted",
                "RECONCILE|/consents|[\"US/DEA\",\"MX/UIF\"]|memorandum.list-unsorted",
                "RECONCILE|/approvers|[{\"authority\":\"MX/UIF\",\"officer\":\"a b\",\"role\":\"legal\"}]|memorandum.word.unknown",
                "RECONCILE|/approvers|[{\"authority\":\"MX/UIF\",\"officer\":\"ab\",\"role\":\"king\"}]|memorandum.word.unknown",
                "RECONCILE|/approvers|[{\"authority\":\"MX/UIF\",\"officer\":\"ab\",\"role\":\"legal\",\"rank\":\"1\"}]|json.",
                "RECONCILE|/case|\"\"|json.",
                "RETAIN|/hold|{\"court\":\"c\",\"instrument\":\"i\",\"review\":\"2026-11-31\"}|",
                "RETAIN|/hold|{\"court\":\"c\",\"instrument\":\"i\",\"review\":\"2026-11-30\",\"judge\":\"j\"}|json.",
                "RETAIN|/hold|{\"court\":\"\",\"instrument\":\"i\",\"review\":\"2026-11-30\"}|json.",
            })
    void whatIsWrongIsSaid(ActName name, String path, String value, @Nullable String code) {
        Act act = Objects.requireNonNull(examples().get(name));
        try {
            Act read = Act.fromJson(changed(act, path, value), DrawnItems.AUTHORISATIONS);
            throw new AssertionError("it was read: " + read);
        } catch (Malformed refused) {
            assertThat(refused.problem().code()).startsWith(code == null ? "" : code);
        }
    }
}
