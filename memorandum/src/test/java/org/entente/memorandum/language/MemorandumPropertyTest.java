package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.rendering.Paragraph;
import org.entente.memorandum.rendering.Rendering;
import org.junit.jupiter.api.Test;

class MemorandumPropertyTest {
    private static final int TEXTS = "1".equals(System.getenv("ENTENTE_DEEP")) ? 40_000 : 240;

    @Test
    void aRandomMemorandumIsReadAndItsCanonicalFormSaysTheSame() throws Exception {
        for (long seed = 1; seed <= TEXTS; seed++) {
            String yaml = new RandomText(seed).write();
            Reading reading = Memorandum.check(yaml);
            assertThat(reading).as("seed %d: %s", seed, reading.findings()).isInstanceOf(Reading.Sound.class);
            Memorandum memorandum = ((Reading.Sound) reading).memorandum();
            assertThat(Memorandum.parseCanonical(memorandum.canonical()))
                    .as("seed %d", seed)
                    .isEqualTo(memorandum);
            String asYaml = new String(memorandum.canonical(), StandardCharsets.UTF_8);
            assertThat(Memorandum.parseYaml(asYaml)).as("seed %d", seed).isEqualTo(memorandum);
            assertThat(Memorandum.parseCanonical(memorandum.canonical()).extension())
                    .as("seed %d", seed)
                    .isEqualTo(memorandum.extension());
            List<Paragraph> english = Rendering.of(memorandum, Language.EN);
            List<Paragraph> spanish = Rendering.of(memorandum, Language.ES);
            assertThat(english).as("seed %d", seed).hasSameSizeAs(spanish);
            assertThat(english)
                    .as("seed %d", seed)
                    .noneMatch(paragraph -> paragraph.text().matches(".*[{}].*"));
        }
    }

    @Test
    void theOrderOfLinesWithinTheClausesDoesNotCount() throws Exception {
        for (long seed = 1; seed <= TEXTS / 8; seed++) {
            String yaml = new RandomText(seed).write();
            List<String> lines = yaml.lines().toList();
            int clauses = lines.indexOf("clauses:");
            String moved = String.join("\n", lines.subList(0, clauses + 1));
            List<String> after = lines.subList(clauses + 1, lines.size());
            String numbered = String.join(
                    "\n",
                    after.stream()
                            .filter(line -> line.startsWith("  "))
                            .toList()
                            .reversed());
            String rest = String.join(
                    "\n", after.stream().filter(line -> !line.startsWith("  ")).toList());
            assertThat(Memorandum.parseYaml(moved + "\n" + numbered + "\n" + rest)
                            .canonical())
                    .as("seed %d", seed)
                    .isEqualTo(Memorandum.parseYaml(yaml).canonical());
        }
    }

    /** Saying a default, or leaving it out, is the same; saying something else is not. */
    @Test
    void everyOtherTextHasAnotherDigest() throws Exception {
        byte[] before = Memorandum.parseYaml(ClauseKeysTest.full()).canonical();
        for (String change : List.of("P1Y|P2Y", "officers: 3|officers: 4", "export: freely|export: never", "P2D|P3D")) {
            String[] parts = change.split("\\|", -1);
            String changed = ClauseKeysTest.full().replaceFirst(parts[0], parts[1]);
            assertThat(Arrays.equals(Memorandum.parseYaml(changed).canonical(), before))
                    .as(change)
                    .isFalse();
        }
    }
}
