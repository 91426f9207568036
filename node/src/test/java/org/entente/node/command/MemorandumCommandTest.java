package org.entente.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.node.language.Language;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemorandumCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void checkTellsAllFindingsWithTheirPlacesErrorsFirst() throws IOException {
        Path file = folder.resolve("draft.yaml");
        String draft = Files.readString(Understanding.text())
                .replace("    notice: P60D", "    notice: soon")
                .replace("    legal hold: restricted", "    legal hold: in use    ")
                .replace("kind: sanctions", "kind: sanction");
        Files.writeString(file, draft);
        String said = check(file, Entente.UNUSABLE);
        int kind = lineOf(draft, "kind: sanction}");
        int hold = lineOf(draft, "legal hold: in use");
        int notice = lineOf(draft, "notice: soon");
        assertThat(said.lines()).hasSize(3);
        assertThat(said.lines().toList().get(0)).startsWith(file + ":" + kind + ":22: error: “sanction” is not");
        assertThat(said.lines().toList().get(1)).startsWith(file + ":" + notice + ":13: error: “soon” is not");
        assertThat(said.lines().toList().get(2)).startsWith(file + ":" + hold + ":5: warning: “legal hold: in use”");
    }

    @Test
    void whatIsNoYamlIsToldWithItsPlaceOnce() throws IOException {
        Path file = folder.resolve("draft.yaml");
        Files.writeString(file, "memorandum: [a\n");
        assertThat(check(file, Entente.UNUSABLE))
                .matches("(?s)\\Q" + file + "\\E:2:1: error: this is not valid YAML;.*");
    }

    @Test
    void aTextWithoutFindingsIsSaidToBeSignable() throws IOException {
        assertThat(check(Understanding.text(), 0)).isEmpty();
    }

    private static String check(Path file, int expected) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Entente.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Language.ENGLISH,
                "memorandum",
                "check",
                file.toString());
        assertThat(code).as(err.toString()).isEqualTo(expected);
        assertThat(out.toString().contains("can be signed")).isEqualTo(expected == 0);
        return err.toString();
    }

    private static int lineOf(String text, String part) {
        return (int) text.substring(0, text.indexOf(part)).lines().count()
                + (text.charAt(text.indexOf(part) - 1) == '\n' ? 1 : 0);
    }
}
