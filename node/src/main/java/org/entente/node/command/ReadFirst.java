package org.entente.node.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Option;

/** Nothing is signed unread: whoever signs is shown the title, the text and the digests, and says how the digest of what nodes will obey begins. */
final class ReadFirst {
    private static final int CHARACTERS_MIN = 8;

    @Option(names = "--digest", paramLabel = "PREFIX", descriptionKey = "memorandum.confirmed-digest")
    private String given = "";

    /**
     * Shows what is to be signed and requires that it is confirmed.
     *
     * @throws Malformed {@code command.digest-unconfirmed}, or {@code command.digest-missing} where nobody can be asked
     */
    void require(Memorandum memorandum, PrintWriter err) throws Malformed {
        Language language = Language.ofEnvironment(System.getenv());
        err.println(memorandum.heading().title().en());
        err.println(memorandum.heading().title().es());
        err.println();
        RenderCommand.sideBySide(memorandum, err);
        RenderCommand.digests(memorandum, err);
        String digest = memorandum.digest().hex();
        String typed = (given.isEmpty() ? asked(language, err) : given).strip().toLowerCase(Locale.ROOT);
        if (typed.length() < CHARACTERS_MIN || !digest.startsWith(typed)) {
            throw new Malformed("command.digest-unconfirmed", memorandum.id());
        }
    }

    @SuppressWarnings("SystemConsoleNull") // Its documentation still lets it be absent.
    private static String asked(Language language, PrintWriter err) throws Malformed {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Malformed("command.digest-missing");
        }
        err.print(Catalogue.say(language, "memorandum.type-digest") + " ");
        err.flush();
        String line = console.readLine();
        return line == null ? "" : line;
    }
}
