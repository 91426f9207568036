package org.entente.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.signing.Lifecycle;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.Standing;
import org.entente.node.language.Language;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two parties carry a folder to and fro until its text is settled, and sign it. */
class NegotiationCommandTest {
    @TempDir
    private static Path homes = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    /** What a call printed and how it ended. */
    private record Called(int code, String out, String err) {}

    private static Called call(Object... arguments) {
        return call(Language.ENGLISH, arguments);
    }

    private static Called call(Language language, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int code = Entente.run(new PrintWriter(out), new PrintWriter(err), language, words);
        return new Called(code, out.toString(), err.toString());
    }

    @BeforeAll
    static void birth() throws IOException {
        Files.writeString(homes.resolve("passphrase"), "a passphrase of a test");
        for (String party : List.of("MX", "US")) {
            Called born = call(
                    "node",
                    "init",
                    "--home",
                    homes.resolve(party),
                    "--party",
                    party,
                    "--name-en",
                    party,
                    "--name-es",
                    party,
                    "--authority",
                    "UIF",
                    "--passphrase-file",
                    homes.resolve("passphrase"),
                    "--root-passphrase-file",
                    homes.resolve("passphrase"));
            assertThat(born.code()).as(born.err()).isZero();
        }
    }

    private Path table() throws IOException {
        Path table = Files.createDirectories(folder.resolve("table"));
        for (String party : List.of("MX", "US")) {
            Files.copy(homes.resolve(party).resolve("card.json"), table.resolve(party + ".card.json"));
        }
        return table;
    }

    /** One party's call in the folder. */
    private static Called says(String party, Path table, Object... words) {
        List<Object> all = new ArrayList<>(List.of("memorandum"));
        all.addAll(List.of(words));
        all.addAll(List.of(
                "--home", homes.resolve(party), "--in", table, "--passphrase-file", homes.resolve("passphrase")));
        return call(all.toArray());
    }

    private Path text(String before, String after) throws IOException {
        String yaml = Files.readString(Understanding.text());
        assertThat(yaml).contains(before);
        return Files.writeString(folder.resolve("draft.yaml"), yaml.replace(before, after));
    }

    private static void done(Called called) {
        assertThat(called.code()).as(called.err()).isZero();
    }

    @Test
    void twoPartiesComeToATextThatBothSign() throws IOException, Malformed {
        Path table = table();
        Called first = says("MX", table, "propose", Understanding.text());
        done(first);
        long parts = first.out().lines().count() - 1;
        assertThat(first.out()).startsWith("Proposed parts: " + parts + "; as they stood: 0;");
        assertThat(says("MX", table, "propose", Understanding.text()).out())
                .startsWith("Proposed parts: 0; as they stood: " + parts);

        Called counter = says("US", table, "propose", text("keep: P5Y", "keep: P3Y"), "--reason", "five is too long");
        assertThat(counter.out())
                .startsWith("Proposed parts: 1; as they stood: 0;")
                .contains("    3.1");
        done(says("US", table, "agree", "--all"));
        Called shown = call("memorandum", "negotiation", table, "--html", folder.resolve("page.html"));
        done(shown);
        assertThat(shown.out())
                .contains("3.1  Clause 3.1: disputed")
                .contains("Counter-proposal of US to what MX proposed.")
                .contains("US says: “five is too long”")
                .contains("kept at most: 5 years → 3 years")
                .contains("head  Encabezado: convenido")
                .contains("agreed: " + (parts - 1) + "; open: 1.");
        assertThat(shown.err()).contains("Card of MX").contains("Statements on the table");
        assertThat(Files.readString(folder.resolve("page.html"))).contains("≠ Cláusula 3.1, en disputa.");

        Path settled = folder.resolve("settled.yaml");
        Called open = call("memorandum", "settle", table, settled);
        assertThat(open.code()).isEqualTo(1);
        assertThat(open.err()).contains("not agreed: 1. 3.1");
        assertThat(settled).doesNotExist();

        done(says("MX", table, "reject", "3.1", "--reason", "our archives law"));
        assertThat(call("memorandum", "negotiation", table, "--language", "es").out())
                .contains("Rechazada por MX: «our archives law»");
        done(says("MX", table, "take-back", "3.1"));
        done(says("MX", table, "agree", "3.1"));
        done(call("memorandum", "settle", table, settled));
        Memorandum agreed = Memorandum.parseYaml(Files.readString(settled));
        assertThat(agreed).isEqualTo(Memorandum.parseYaml(Files.readString(folder.resolve("draft.yaml"))));
        assertThat(inForce(agreed, settled)).isInstanceOf(Standing.InForce.class);
    }

    private static Standing inForce(Memorandum memorandum, Path text) throws IOException, Malformed {
        List<LifecycleEvent> signatures = new ArrayList<>();
        for (String party : List.of("MX", "US")) {
            Called signed = call(
                    "memorandum",
                    "sign",
                    text,
                    "--home",
                    homes.resolve(party),
                    "--root-passphrase-file",
                    homes.resolve("passphrase"),
                    "--digest",
                    memorandum.digest().hex());
            done(signed);
            PartyCard card =
                    PartyCard.parse(Files.readAllBytes(homes.resolve(party).resolve("card.json")));
            Statement statement = Statement.parse(signed.out().strip().getBytes(StandardCharsets.UTF_8))
                    .verify(card.root(), card.root().kid());
            signatures.add(LifecycleEvent.read(statement, card));
        }
        return Lifecycle.fold(memorandum, signatures).standing();
    }

    @Test
    void aFileThatIsNotWhatItMustBeIsListedAndCountsForNothing() throws IOException {
        Path table = table();
        done(says("MX", table, "propose", Understanding.text()));
        done(says("US", table, "agree", "--all"));
        assertThat(call("memorandum", "settle", table, folder.resolve("one.yaml"))
                        .code())
                .isZero();
        Path forged = statements(table).getFirst();
        String content = Files.readString(forged);
        int signature = content.lastIndexOf("\"signature\":\"") + 20;
        char other = content.charAt(signature) == 'A' ? 'B' : 'A';
        Files.writeString(forged, content.substring(0, signature) + other + content.substring(signature + 1));
        Files.writeString(table.resolve("notes.json"), "{}");
        Path renamed = statements(table).getLast();
        Files.copy(renamed, table.resolve("0".repeat(64) + ".json"));
        Called shown = call("memorandum", "negotiation", table, "--language", "en");
        assertThat(shown.code()).isEqualTo(1);
        assertThat(shown.err())
                .contains(forged.getFileName() + " counts for nothing: ")
                .contains("notes.json counts for nothing: ")
                .contains("does not have the name of its statement");
        assertThat(call("memorandum", "settle", table, folder.resolve("two.yaml"))
                        .code())
                .isEqualTo(1);
        assertThat(folder.resolve("two.yaml")).doesNotExist();
    }

    @Test
    void whoeverHasNoCardHereHasNoSay() throws IOException {
        Path table = table();
        done(says("MX", table, "propose", Understanding.text()));
        done(says("US", table, "agree", "head"));
        Files.delete(table.resolve("US.card.json"));
        assertThat(call("memorandum", "negotiation", table).err()).contains("two parties or more");
        refused(says("US", table, "agree", "never"), "two parties or more");
        Files.copy(homes.resolve("MX").resolve("card.json"), table.resolve("US.card.json"));
        refused(call("memorandum", "negotiation", table), "name its file by the party");
    }

    /** A genuine statement about another version, put among the others, is never taken for one of them. */
    @Test
    void aFolderWithTwoNegotiationsIsRefusedByName() throws IOException {
        Path table = table();
        Path other = Files.createDirectories(folder.resolve("other"));
        for (String party : List.of("MX", "US")) {
            Files.copy(table.resolve(party + ".card.json"), other.resolve(party + ".card.json"));
        }
        done(says("MX", table, "propose", Understanding.text()));
        done(says("MX", other, "propose", text("version: 1", "version: 2")));
        Path replayed = statements(other).getFirst();
        Files.copy(replayed, table.resolve(replayed.getFileName()));
        Called shown = call("memorandum", "negotiation", table);
        refused(shown, "MX-US/2025-09 (2): " + replayed.getFileName());
        done(says("US", other, "agree", "--all"));
        done(call("memorandum", "settle", other, folder.resolve("settled.yaml")));
    }

    @Test
    void everyBadInputIsASentence() throws IOException {
        Path table = table();
        refused(call("memorandum", "negotiation", folder.resolve("nothing")), "is not a folder");
        refused(call("memorandum", "negotiation", table), "nothing is negotiated there yet");
        refused(call("memorandum", "settle", table, folder.resolve("no/settled.yaml")), "does not exist");
        done(says("MX", table, "propose", Understanding.text()));
        refused(says("US", table, "agree", "3.x"), "is not a part of a memorandum");
        refused(says("US", table, "agree", "99.1"), "No other party proposes anything for 99.1");
        refused(says("MX", table, "agree", "3.1"), "No other party proposes anything for 3.1");
        refused(says("US", table, "agree"), "Name the parts");
        refused(says("US", table, "agree", "--all", "3.1"), "one of the two");
        refused(says("US", table, "take-back", "3.1"), "nothing to take back");
        refused(says("US", table, "reject", "3.1", "--reason", "x".repeat(501)), "at most 500");
        refused(says("US", table, "reject", "3.1", "--reason", "a\u202eb"), "plain characters");
        refused(says("US", table, "propose", text("version: 1", "version: 2")), "the negotiation of MX-US/2025-09");
        refused(says("GT", table, "agree", "3.1"), "does not exist");
        done(says("US", table, "reject", "3.1"));
        refused(says("US", table, "reject", "3.1"), "has rejected that text");
        done(says("US", table, "agree", "3.1"));
        refused(says("US", table, "agree", "3.1"), "stands behind that text");
        assertThat(call(Language.SPANISH, "memorandum", "negotiation", folder.resolve("nothing"))
                        .err())
                .contains("no es una carpeta");
    }

    private static void refused(Called called, String sentence) {
        assertThat(called.err()).contains(sentence);
        assertThat(called.code()).isEqualTo(Entente.UNUSABLE);
    }

    private static List<Path> statements(Path table) throws IOException {
        try (Stream<Path> files = Files.list(table)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("[0-9a-f]{64}\\.json"))
                    .sorted()
                    .toList();
        }
    }
}
