package org.entente.node.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Text in columns of fixed widths, two spaces apart; a cell that is longer goes on in the next line. */
final class Columns {
    private static final String BETWEEN = "  ";

    private final int[] widths;

    Columns(int... widths) {
        this.widths = widths.clone();
    }

    /** The lines of one row, without spaces at their ends. */
    List<String> row(String... cells) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            wrapped.add(wrapped(cells[column], widths[column]));
        }
        int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = wrapped.get(column);
                String part = line < cell.size() ? cell.get(line) : "";
                text.append(part)
                        .repeat(" ", Math.max(0, widths[column] - length(part)))
                        .append(BETWEEN);
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    /** A line as wide as all columns. */
    String rule() {
        int width = -BETWEEN.length();
        for (int one : widths) {
            width += one + BETWEEN.length();
        }
        return "─".repeat(width);
    }

    /** Words in lines of at most so many characters; a word that is longer is cut. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        Stream.of(text.split(" ", -1)).flatMap(word -> cut(word, width)).forEach(word -> {
            if (!line.isEmpty() && length(line) + 1 + length(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        });
        lines.add(line.toString());
        return lines;
    }

    private static Stream<String> cut(String word, int width) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (word.codePointCount(from, word.length()) > width) {
            int to = word.offsetByCodePoints(from, width);
            parts.add(word.substring(from, to));
            from = to;
        }
        parts.add(word.substring(from));
        return parts.stream();
    }

    private static int length(CharSequence text) {
        return (int) text.codePoints().count();
    }
}
