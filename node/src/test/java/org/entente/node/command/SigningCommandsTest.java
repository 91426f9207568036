package org.entente.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.node.home.NodeHome;
import org.entente.node.language.Language;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memorandum is signed, countersigned, suspended by clause and verified, with two roots and without a node. */
class SigningCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    /** What a call printed and how it ended. */
    private record Called(int code, String out, String err) {}

    private static Called call(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Entente.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Language.ENGLISH,
                arguments.toArray(String[]::new));
        return new Called(code, out.toString(), err.toString());
    }

    @Test
    void aMemorandumIsSignedReadAndVerified() throws IOException, Malformed {
        born("MX");
        born("US");
        Memorandum text = Memorandum.parseYaml(Files.readString(Understanding.text()));
        String digest = text.digest().hex();

        refused(memorandum("sign", "MX"), "there is no terminal");
        refused(memorandum("sign", "MX", "--digest", digest.substring(0, 7)), "is not how the digest of MX-US/2025-09");
        refused(memorandum("sign", "MX", "--digest", "0".repeat(8)), "is not how the digest of MX-US/2025-09");
        Called signed = memorandum("sign", "MX", "--digest", digest.substring(0, 8));
        assertThat(signed.code).as(signed.err).isZero();
        assertThat(signed.err)
                .as("what is signed is shown before")
                .contains(text.heading().title().en(), text.heading().title().es(), digest)
                .contains(
                        RenderedText.both(text).english().hex(),
                        RenderedText.both(text).spanish().hex());
        Path mx = keep("mx.json", signed.out);

        Path forged = keep("forged.json", changedInTheMiddle(signed.out));
        refused(countersign(forged, digest), "");
        refused(countersign(mx, "f".repeat(64)), "is not how the digest");
        Path other = Files.writeString(
                folder.resolve("other.yaml"),
                Files.readString(Understanding.text()).replace("2048", "4096"));
        String otherDigest =
                Memorandum.parseYaml(Files.readString(other)).digest().hex();
        Called elsewhere = call(List.of(
                "memorandum",
                "countersign",
                other.toString(),
                "--signature",
                mx.toString(),
                "--card",
                card("MX"),
                "--home",
                home("US").toString(),
                "--root-passphrase-file",
                passphrase(),
                "--digest",
                otherDigest));
        refused(elsewhere, "over another text");
        Called countersigned = countersign(mx, digest);
        assertThat(countersigned.code).as(countersigned.err).isZero();
        Path us = keep("us.json", countersigned.out);

        assertThat(verify(0, mx)).contains("still to be signed by US");
        assertThat(verify(0, mx, us)).contains("memorandum-signed by MX").contains("In force since");
        assertThat(verify(Entente.REFUSED, mx, forged)).contains("forged.json: does not count.");
        assertThat(verify(Entente.REFUSED, mx, mx)).contains("counts once");

        refused(memorandum("sign", "US", "--declare", "suspended", "--clause", "4.1"), "grants no act");
        refused(memorandum("sign", "US", "--declare", "withdrawn", "--clause", "3.1"), "is said of the whole");
        Called suspends = memorandum("sign", "US", "--declare", "suspended", "--clause", "3.1");
        assertThat(suspends.code).as(suspends.err).isZero();
        assertThat(verify(0, mx, us, keep("suspends.json", suspends.out)))
                .contains("In force since")
                .contains("Clause 3.1 is suspended by itself since");
    }

    private static String changedInTheMiddle(String statement) {
        char[] characters = statement.strip().toCharArray();
        int middle = characters.length / 2;
        characters[middle] = characters[middle] == 'A' ? 'B' : 'A';
        return String.valueOf(characters);
    }

    private static void refused(Called called, String sentence) {
        assertThat(called.code).isNotZero();
        assertThat(called.out).as("nothing was signed").isEmpty();
        assertThat(called.err).contains(sentence);
    }

    private Called countersign(Path signature, String digest) throws IOException {
        return memorandum(
                "countersign", "US", "--signature", signature.toString(), "--card", card("MX"), "--digest", digest);
    }

    private String verify(int expected, Path... statements) {
        List<String> arguments = new ArrayList<>(
                List.of("memorandum", "verify", Understanding.text().toString()));
        for (Path statement : statements) {
            arguments.add(statement.toString());
        }
        arguments.addAll(List.of("--card", card("MX"), "--card", card("US")));
        Called called = call(arguments);
        assertThat(called.code).as(called.out + called.err).isEqualTo(expected);
        return called.out;
    }

    private Called memorandum(String command, String party, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "memorandum",
                command,
                Understanding.text().toString(),
                "--home",
                home(party).toString()));
        arguments.addAll(List.of("--root-passphrase-file", passphrase()));
        arguments.addAll(List.of(more));
        return call(arguments);
    }

    private void born(String party) throws IOException {
        Called called = call(List.of(
                "node",
                "init",
                "--home",
                home(party).toString(),
                "--party",
                party,
                "--name-en",
                party,
                "--name-es",
                party,
                "--authority",
                "UIF",
                "--passphrase-file",
                passphrase(),
                "--root-passphrase-file",
                passphrase()));
        assertThat(called.code).as(called.err).isZero();
    }

    private Path keep(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.strip());
    }

    private Path home(String party) {
        return folder.resolve(party);
    }

    private String card(String party) {
        return new NodeHome(home(party)).card().toString();
    }

    private String passphrase() throws IOException {
        return Files.writeString(folder.resolve("passphrase"), "a long enough passphrase")
                .toString();
    }
}
