package org.entente.node.command;

import java.io.PrintWriter;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;

/** One line that says how far a long work has come, on a terminal only; elsewhere it prints nothing. */
final class ProgressLine implements AutoCloseable {
    private static final long REST_NANOS = 200_000_000L;

    private final PrintWriter out;
    private final Language language;
    private final boolean visible;
    private long lastShown;

    private ProgressLine(PrintWriter out, Language language, boolean visible) {
        this.out = out;
        this.language = language;
        this.visible = visible;
    }

    static ProgressLine onTerminal(PrintWriter out, Language language) {
        return new ProgressLine(out, language, System.console() != null && System.console().isTerminal());
    }

    /** Shows the stage, by its word in the catalogue, and the part that is done. */
    void show(String stage, long done, long total) {
        long now = System.nanoTime();
        if (visible && (done == total || now - lastShown > REST_NANOS)) {
            lastShown = now;
            out.print("\r\u001b[K" + Catalogue.say(language, "progress." + stage, done, total));
            out.flush();
        }
    }

    void clear() {
        if (visible) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    @Override
    public void close() {
        clear();
    }
}
