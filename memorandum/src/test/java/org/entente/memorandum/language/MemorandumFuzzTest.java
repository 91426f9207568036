package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;

class MemorandumFuzzTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final List<String> PIECES = List.of(
            "&a ",
            "*a",
            "!!str ",
            "? ",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "|\n",
            ">\n",
            "---\n",
            "...\n",
            "#",
            "\t",
            "\u0000",
            "\ud800",
            "\u202e",
            "\ufeff",
            "%YAML 1.1\n",
            "<<: ",
            "\n\n",
            "yes",
            "MX/UIF",
            "P1D",
            "1e9",
            "0x1F",
            "~",
            "\\u0000",
            ",,",
            "@",
            "`",
            "extends: ",
            "egmont: \"9\"\n",
            "widens: yes\n",
            "within ",
            " working days",
            ", told within ",
            "freely",
            "joint-group: ",
            "\u0430");

    private static final List<String> VALUES = List.of(
            "",
            "[]",
            "{}",
            "~",
            "yes",
            "no",
            "never",
            "freely",
            "with consent",
            "presumed",
            "in use",
            "[MX/UIF, MX/UIF]",
            "[MX/UIF, US/NOBODY]",
            "{case: perhaps}",
            "-1",
            "99999999999999999999",
            "P0D",
            "P101Y",
            "within P3D",
            "within 0 working days",
            "within 367 working days",
            "each P1Y",
            "each never",
            "2026-02-30",
            "9999-12-31",
            "for any purpose, told within",
            "for any purpose, told within PT24H, told within PT1H",
            "H4",
            "50 identifiers",
            "50 identifiers each",
            "any purpose",
            "any party",
            "every party",
            "\"\\u202e\"",
            "x".repeat(3_000));

    @Test
    void whateverTheTextItIsRefusedOrReadAndItsCanonicalFormIsReadBack() {
        List<String> examples = List.of(Example.yaml(), ClauseKeysTest.full(), new RandomText(7).write());
        int read = 0;
        for (long seed = 1; seed <= 900L * DEPTH; seed++) {
            Random random = new Random(seed);
            String mutated = examples.get(random.nextInt(examples.size()));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutated = mutate(mutated, random);
            }
            read += survives(mutated, seed) ? 1 : 0;
        }
        assertThat(read).isBetween(1, 900 * DEPTH - 1);
    }

    /** Each key of each clause, profiles and names with another value than any that it can have, left out, or said twice. */
    @Test
    void whateverAKeySaysItIsRefusedWithItsLineOrRead() {
        List<String> texts = List.of(Example.yaml(), ClauseKeysTest.full());
        int refused = 0;
        for (long seed = 1; seed <= 300L * DEPTH; seed++) {
            Random random = new Random(seed);
            List<String> lines = new ArrayList<>(
                    texts.get(random.nextInt(texts.size())).lines().toList());
            int line = random.nextInt(lines.size());
            String key = lines.get(line).replaceFirst(":.*", ":");
            switch (random.nextInt(8)) {
                case 0 -> lines.remove(line);
                case 1 -> lines.add(line, lines.get(line));
                default -> lines.set(line, key + " " + VALUES.get(random.nextInt(VALUES.size())));
            }
            refused += survives(String.join("\n", lines) + "\n", seed) ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(150 * DEPTH);
    }

    @Test
    void whateverTheBytesTheCanonicalReaderRefusesThemOrReadsTheSameBytes() throws Malformed {
        List<byte[]> canonicals = List.of(
                Example.memorandum().canonical(),
                Memorandum.parseYaml(ClauseKeysTest.full()).canonical(),
                Memorandum.parseYaml(new RandomText(3).write()).canonical());
        for (long seed = 1; seed <= 800L * DEPTH; seed++) {
            Random random = new Random(seed);
            byte[] mutated = canonicals.get(random.nextInt(canonicals.size())).clone();
            if (random.nextInt(3) == 0) {
                mutated = spliced(mutated, random);
            }
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : 32 + random.nextInt(95));
            }
            try {
                assertThat(Memorandum.parseCanonical(mutated).canonical())
                        .as("seed %d", seed)
                        .isEqualTo(mutated);
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).as("seed %d", seed).isNotEmpty();
            } catch (RuntimeException | StackOverflowError unexpected) {
                throw new AssertionError("seed " + seed, unexpected);
            }
        }
    }

    /** A text between quotation marks becomes another value, or that of another place. */
    private static byte[] spliced(byte[] canonical, Random random) {
        String text = new String(canonical, StandardCharsets.UTF_8);
        String[] parts = text.split("\"", -1);
        int one = random.nextInt(parts.length);
        parts[one] = random.nextBoolean()
                ? parts[random.nextInt(parts.length)]
                : VALUES.get(random.nextInt(VALUES.size())).replace("\"", "");
        return String.join("\"", parts).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whateverTheProfileItIsRefusedOrTheTextIsReadWithIt() {
        String profile = """
                profile: given
                title: {en: Given, es: Dado}
                extends: [territorial, egmont]
                clauses:
                  "1": {sovereignty incident: any party, answer: within P5D, joint review: within P9D, consequence: suspension}
                where a clause says nothing:
                  release: {export: never, legal hold: never, needs: {officers: 2}}
                  contribute: {use against an immediate threat: never}
                """;
        String text = ClauseKeysTest.full().replaceFirst("(?m)^parties:", "extends: {given: \"9\"}\nparties:");
        List<String> profiles = List.of(profile, house("egmont"), house("joint-team"), house("territorial"));
        for (long seed = 1; seed <= 200L * DEPTH; seed++) {
            Random random = new Random(seed);
            String mutated = mutate(profiles.get(random.nextInt(profiles.size())), random);
            try {
                Reading reading = Memorandum.check(text, Map.of("given", mutated));
                assertThat(reading.findings()).as("seed %d", seed).isSortedAccordingTo(Finding.ORDER);
            } catch (RuntimeException | StackOverflowError unexpected) {
                throw new AssertionError("seed " + seed, unexpected);
            }
        }
    }

    /** A profile of the house as if the caller had brought it. */
    private static String house(String name) {
        return Example.text("memorandum/src/main/resources/org/entente/memorandum/profiles/" + name + ".yaml")
                .replace("profile: " + name, "profile: given");
    }

    /** What is found points into the text, errors come first, and parsing refuses exactly what has an error. */
    private static void findingsAreInOrder(String text, boolean read, long seed) {
        Reading reading = Memorandum.check(text);
        assertThat(reading instanceof Reading.Sound).as("seed %d", seed).isEqualTo(read);
        assertThat(reading.findings()).as("seed %d", seed).isSortedAccordingTo(Finding.ORDER);
        boolean errors = reading.findings().stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        assertThat(errors).as("seed %d", seed).isEqualTo(!read);
        long lines = text.codePoints()
                        .filter(point -> point == '\n' || point == '\r' || point > 0x7f)
                        .count()
                + 1;
        for (Finding finding : reading.findings()) {
            assertThat(finding.line()).as("seed %d", seed).isBetween(1, (int) lines + 1);
            assertThat(finding.column()).as("seed %d", seed).isPositive();
            assertThat(finding.problem().arguments().toString())
                    .as("seed %d", seed)
                    .doesNotContain("\n");
        }
    }

    private static boolean survives(String text, long seed) {
        boolean read = readsBack(text, seed);
        try {
            findingsAreInOrder(text, read, seed);
        } catch (RuntimeException | StackOverflowError unexpected) {
            throw new AssertionError("seed " + seed, unexpected);
        }
        return read;
    }

    private static boolean readsBack(String text, long seed) {
        try {
            Memorandum memorandum = Memorandum.parseYaml(text);
            assertThat(Memorandum.parseCanonical(memorandum.canonical()))
                    .as("seed %d", seed)
                    .isEqualTo(memorandum);
            String asYaml = new String(memorandum.canonical(), StandardCharsets.UTF_8);
            assertThat(Memorandum.parseYaml(asYaml)).as("seed %d", seed).isEqualTo(memorandum);
            return true;
        } catch (Malformed refused) {
            assertThat(refused.problem().arguments().toString())
                    .as("seed %d", seed)
                    .doesNotContain("\n");
            return false;
        } catch (RuntimeException | StackOverflowError unexpected) {
            throw new AssertionError("seed " + seed, unexpected);
        }
    }

    private static String mutate(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(20));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(from);
            case 2 -> text.substring(0, to) + text.substring(from, to) + text.substring(to);
            case 3 -> {
                String[] lines = text.split("\n", -1);
                int one = random.nextInt(lines.length);
                int other = random.nextInt(lines.length);
                String kept = lines[one];
                lines[one] = lines[other];
                lines[other] = kept;
                yield String.join("\n", lines);
            }
            default -> text.substring(0, from) + (char) random.nextInt(0x300) + text.substring(to);
        };
    }
}
