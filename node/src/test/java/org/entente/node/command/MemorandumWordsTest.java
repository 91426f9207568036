package org.entente.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.node.language.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that say a memorandum in words, as they are called. */
class MemorandumWordsTest {
    private static final String ACT = """
            {"act": "request", "by": "MX/FGR", "counterpart": "US/FINCEN", "purpose": "money-laundering",
             "category": "company", "at": "2026-11-22T12:00:00Z", "case": "MX-2026-17", "legalBasis": "art. 15",
             "approvers": [{"authority": "MX/FGR", "officer": "officer-1", "role": "analyst"}], "consents": []}
            """;

    @TempDir
    private Path folder = Path.of("");

    /** What a call printed and how it ended. */
    private record Called(int code, String out, String err) {}

    private static Called call(Language language, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length + 1];
        words[0] = "memorandum";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        int code = Entente.run(new PrintWriter(out), new PrintWriter(err), language, words);
        return new Called(code, out.toString(), err.toString());
    }

    private Path example() throws IOException {
        return changed("", "");
    }

    private Path changed(String before, String after) throws IOException {
        String yaml = "";
        for (Path up = Path.of("").toAbsolutePath(); up != null && yaml.isEmpty(); up = up.getParent()) {
            Path file = up.resolve("examples/mx-us.yaml");
            yaml = Files.isRegularFile(file) ? Files.readString(file) : "";
        }
        assertThat(yaml).contains(before);
        return Files.writeString(
                folder.resolve("m" + Integer.toHexString(after.hashCode()) + ".yaml"), yaml.replace(before, after));
    }

    @Test
    void whatHoldsIsProvedAndWhatDoesNotIsToldInBothLanguages() throws IOException {
        Called sound = call(Language.ENGLISH, "prove", example());
        assertThat(sound.code()).isZero();
        assertThat(sound.out())
                .contains("holds (")
                .contains("se cumple (")
                .doesNotContain("DOES NOT HOLD")
                .contains("no conforming node permits");
        Called loose = call(
                Language.ENGLISH,
                "prove",
                changed("surviving: [confidentiality,", "surviving: [use, confidentiality,"));
        assertThat(loose.code()).isEqualTo(1);
        assertThat(loose.out())
                .contains("DOES NOT HOLD: Nothing new is ever done while this is suspended.")
                .containsAnyOf("The memorandum is suspended.", "is suspended by itself.")
                .containsAnyOf("El memorando está suspendido.", "está suspendida por sí sola.")
                .contains("permits it.");
        assertThat(call(Language.SPANISH, "prove", folder.resolve("nothing.yaml"))
                        .code())
                .isEqualTo(2);
    }

    @Test
    void oneLanguageIsPrintedAsItsDigestIsTaken() throws IOException, Malformed {
        Path file = example();
        Called called = call(Language.ENGLISH, "render", file, "--language", "es");
        Memorandum memorandum = Memorandum.parseYaml(Files.readString(file));
        RenderedText text = RenderedText.of(memorandum, org.entente.memorandum.rendering.Language.ES);
        assertThat(called.code()).isZero();
        assertThat(Digest.of(called.out().getBytes(StandardCharsets.UTF_8))).isEqualTo(text.digest());
        assertThat(called.err())
                .contains(text.digest().hex())
                .contains(memorandum.digest().hex());
    }

    @Test
    void bothLanguagesStandSideBySideOnTheTerminal() throws IOException {
        Called called = call(Language.ENGLISH, "render", example());
        assertThat(called.code()).isZero();
        assertThat(called.out().lines())
                .anyMatch(line -> line.matches("7\\.2 +Any party may withdraw .* +Cualquier parte puede retirarse .*"))
                .allMatch(line -> line.codePointCount(0, line.length()) <= 120);
    }

    @Test
    void pagesAreWrittenInThePlaceOfEarlierOnes() throws IOException {
        Path html = Files.writeString(folder.resolve("page.html"), "earlier");
        Path pdf = folder.resolve("page.pdf");
        Called called = call(Language.ENGLISH, "render", example(), "--html", html, "--pdf", pdf);
        assertThat(called.code()).isZero();
        assertThat(called.out()).isEmpty();
        assertThat(Files.readString(html)).startsWith("<!DOCTYPE html>").contains("lavado de dinero");
        assertThat(new String(Files.readAllBytes(pdf), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".draft"));
        }
    }

    @Test
    void aDifferenceIsPrintedAndWritten() throws IOException {
        Path after = changed("keep: P5Y", "keep: P3Y");
        Path html = folder.resolve("diff.html");
        Called called = call(Language.ENGLISH, "diff", example(), after, "--html", html);
        assertThat(called.code()).isZero();
        assertThat(called.out())
                .contains("kept at most: 5 years → 3 years")
                .contains("se conserva a lo sumo: 5 años → 3 años");
        assertThat(Files.readString(html)).contains("5 años → 3 años");
        assertThat(call(Language.ENGLISH, "diff", example(), example(), "--language", "es")
                        .out())
                .contains("nada cambió")
                .doesNotContain("nothing changed");
    }

    @Test
    void effectsArePrintedAsATable() throws IOException {
        Called called = call(Language.ENGLISH, "effects", example(), "--language", "en");
        assertThat(called.code()).isZero();
        assertThat(called.out())
                .contains("Who gives")
                .contains("MX/UIF → US/DEA by 2, 3; US/FINCEN by 1, 2, 3")
                .contains("kept at most: 5 years");
        assertThat(called.out().lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 121);
        assertThat(call(Language.ENGLISH, "effects", example()).out()).contains("Quién da");
    }

    @Test
    void anActIsExplainedInBothLanguagesAsIfInForceSuspendedOrWithdrawn() throws IOException {
        Path act = Files.writeString(folder.resolve("act.json"), ACT);
        Called permitted = call(Language.ENGLISH, "explain", example(), "--act", act);
        assertThat(permitted.code()).isZero();
        assertThat(permitted.out())
                .contains("Clause 3.1 of MX-US/2025-09 permits this and obliges")
                .contains("Lo permite: cláusula 3.1");
        Path second = Files.writeString(
                folder.resolve("second.yaml"),
                Files.readString(example())
                        .replace("MX-US/2025-09", "MX-US/2026-01")
                        .replace("officers: 1", "officers: 2"));
        Called two = call(Language.ENGLISH, "explain", example(), second, "--act", act);
        assertThat(two.code()).isEqualTo(1);
        assertThat(two.out())
                .contains("Clause 3.1 of MX-US/2026-01 refuses this")
                .contains("the most protective answer wins")
                .contains("prevalece la respuesta más protectora");
        Called later = call(Language.ENGLISH, "explain", example(), "--act", act, "--since", "2026-11-23T00:00:00Z");
        assertThat(later.code()).isEqualTo(1);
        assertThat(later.out()).contains("is not in force at that time");
        Called suspended = call(
                Language.ENGLISH, "explain", example(), "--act", act, "--standing", "suspended", "--declared-by", "US");
        assertThat(suspended.code()).isEqualTo(1);
        assertThat(suspended.out()).contains("Clause 7.1").contains("US has suspended");
        Called notice = call(Language.ENGLISH, "explain", example(), "--act", act, "--standing", "withdrawn");
        assertThat(notice.code()).isZero();
        Called over = call(
                Language.ENGLISH,
                "explain",
                example(),
                "--act",
                act,
                "--standing",
                "withdrawn",
                "--since",
                "2026-09-01T00:00:00Z");
        assertThat(over.code()).isEqualTo(1);
        assertThat(over.out()).contains("Lo deniega: cláusula 7.2");
    }

    @Test
    void whatCannotBeUsedIsSaidInOneSentenceInEitherLanguage() throws IOException {
        Path act = Files.writeString(folder.resolve("act.json"), "{\"act\": \"annex\"}");
        Path list = Files.writeString(folder.resolve("list.yaml"), "- no memorandum\n");
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'t', (byte) 0xed, 't'});
        Path missing = folder.resolve("nowhere.yaml");
        Path nowhere = folder.resolve("no/such/page.html");
        assertSaid("does not exist; check its name", "no existe", "render", missing);
        assertSaid("is not a file", "no es un archivo", "diff", example(), folder);
        assertSaid("Line 1", "Línea 1", "effects", list);
        assertSaid("not UTF-8", "UTF-8", "render", latin);
        assertSaid("does not exist; make it", "No existe la carpeta", "render", example(), "--html", nowhere);
        assertSaid("is not a file", "no es un archivo", "effects", example(), "--html", folder);
        assertSaid("is not a language", "no es un idioma", "diff", example(), example(), "--language", "fr");
        assertSaid("annex", "annex", "explain", example(), "--act", act);
        Path good = Files.writeString(folder.resolve("good.json"), ACT);
        assertSaid("is not a way", "no es un estado", "explain", example(), "--act", good, "--standing", "asleep");
        assertSaid("explain", "explain", "explain", example());
    }

    private static void assertSaid(String english, String spanish, Object... arguments) {
        Called one = call(Language.ENGLISH, arguments);
        Called other = call(Language.SPANISH, arguments);
        assertThat(one.code()).as(one.err()).isEqualTo(2);
        assertThat(other.code()).isEqualTo(2);
        assertThat(one.err()).contains(english).doesNotContain("Exception");
        assertThat(other.err()).contains(spanish).doesNotContain("Exception");
        assertThat(one.err().lines()).hasSize(1);
        assertThat(one.out()).isEmpty();
    }
}
