package org.entente.evidence.canonical;

import java.util.List;

/**
 * What is wrong, said as a code of the message catalogue and the words to fill in. Core modules never hold a
 * sentence that a person reads; the node renders the code in the reader's language.
 *
 * @param code dotted lower-case code, for example {@code statement.signature-missing}
 * @param arguments what the sentence names: a file, a row, a party, a clause; never a secret
 */
public record Problem(String code, List<String> arguments) {
    private static final int SHOWN_MAX = 200;

    public Problem {
        if (!isCode(code)) {
            throw new IllegalArgumentException("not a problem code: " + code);
        }
        arguments = List.copyOf(arguments);
    }

    /** Words of small letters and digits, joined by single points or hyphens. */
    private static boolean isCode(String text) {
        boolean word = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean joint = c == '.' || c == '-';
            if (joint ? !word : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
                return false;
            }
            word = !joint;
        }
        return word;
    }

    /**
     * Foreign words as a sentence may repeat them: cut after {@value #SHOWN_MAX} letters, and with a question mark in the
     * place of whatever ends a line, moves a terminal's cursor or turns the direction of reading.
     */
    public static String shown(String foreign) {
        StringBuilder shown = new StringBuilder();
        foreign.codePoints().limit(SHOWN_MAX).forEach(point -> shown.appendCodePoint(steady(point) ? point : '?'));
        return shown.toString();
    }

    private static boolean steady(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    public static Problem of(String code, String... arguments) {
        return new Problem(code, List.of(arguments));
    }

    @Override
    public String toString() {
        return arguments.isEmpty() ? code : code + arguments;
    }
}
