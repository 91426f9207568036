package org.entente.node.demo;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;

/** Tells the story to whoever sits there: one line for what has just happened, with the time since the beginning. */
final class Narrator {
    private static final long NANOS_OF_A_TENTH = 100_000_000L;

    private final PrintWriter out;
    private final Language language;
    private final boolean terminal;
    private final long begun = System.nanoTime();
    private volatile boolean silent;

    @SuppressWarnings("SystemConsoleNull") // Its documentation still lets it be absent.
    Narrator(PrintWriter out, Language language) {
        this.out = out;
        this.language = language;
        Console console = System.console();
        this.terminal = console != null && console.isTerminal();
    }

    /** Says nothing more: whoever interrupts a story does not want to hear how it would have gone on. */
    void fallSilent() {
        silent = true;
    }

    Language language() {
        return language;
    }

    String sentence(String code, Object... words) {
        return Catalogue.say(language, code, words);
    }

    void chapter(String code) {
        line("");
        line(sentence(code));
    }

    /** Shows on a terminal that work goes on; the next line takes its place. */
    void working() {
        if (terminal && !silent) {
            out.print(seconds() + "  ...\r");
            out.flush();
        }
    }

    void happened(boolean held, String sentence) {
        line(seconds() + (held ? "  " : " ! ") + sentence);
    }

    void say(String code, Object... words) {
        line(sentence(code, words));
    }

    private void line(String text) {
        if (!silent) {
            out.println(text);
            out.flush();
        }
    }

    private String seconds() {
        long tenths = (System.nanoTime() - begun) / NANOS_OF_A_TENTH;
        return String.format(Locale.ROOT, "%4d.%d s", tenths / 10, tenths % 10);
    }
}
