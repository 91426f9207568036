package org.entente.memorandum.page;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a page that is HTML and well-formed XML at once, so that a browser and the printer of the PDF read the same.
 * Every text and every value of an attribute is escaped here and nowhere else; there is no way to write raw markup but
 * {@link #style}, whose argument is the house's own.
 */
public final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    public Markup() {
        out.append("<!DOCTYPE html>\n");
    }

    /** Opens an element; attributes are names and values in turn. */
    public Markup open(String element, String... attributes) {
        start(element, attributes);
        out.append('>');
        open.push(element);
        return this;
    }

    /** Closes the element that was opened last. */
    public Markup close() {
        String element = open.pop();
        out.append("</").append(element).append('>');
        switch (element) {
            case "tr", "table", "thead", "tbody", "p", "h1", "h2", "header", "main", "section", "footer", "head" ->
                out.append('\n');
            default -> {
                // What stands within a line.
            }
        }
        return this;
    }

    /** An element that holds nothing. */
    public Markup alone(String element, String... attributes) {
        start(element, attributes);
        out.append("/>");
        return this;
    }

    /** An element that holds text. */
    public Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** Text, escaped. */
    public Markup text(String text) {
        escape(text);
        return this;
    }

    /** The style sheet, which holds nothing that came from elsewhere. */
    public Markup style(String css) {
        if (css.contains("<") || css.contains("&")) {
            throw new IllegalArgumentException("a style sheet within XML holds neither < nor &");
        }
        out.append("<style>").append(css).append("</style>");
        return this;
    }

    /** The page; everything that was opened must have been closed. */
    public String page() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return out.append('\n').toString();
    }

    private void start(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(point);
            }
        });
    }
}
