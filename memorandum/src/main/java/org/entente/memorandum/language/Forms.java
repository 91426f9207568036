package org.entente.memorandum.language;

import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/** The forms of values that several clauses share: spans of time, days and counts, with the words around them. */
final class Forms {
    static final String WITHIN = "within ";
    static final String EACH = "each ";
    static final String IDENTIFIERS = " identifiers";

    private static final int OFFICERS_MAX = 9;

    private Forms() {}

    static Term within(String text) throws Malformed {
        return Term.parse(after(WITHIN, text));
    }

    static Deadline deadline(String text) throws Malformed {
        return Deadline.parse(after(WITHIN, text));
    }

    static Term each(String text) throws Malformed {
        return Term.parse(after(EACH, text));
    }

    static long identifiers(String text) throws Malformed {
        if (!text.matches("[1-9][0-9]{0,11}" + IDENTIFIERS)) {
            throw new Malformed("memorandum.quota.malformed", Quoted.of(text));
        }
        return Long.parseLong(text.substring(0, text.length() - IDENTIFIERS.length()));
    }

    static int officers(String text) throws Malformed {
        if (!text.matches("[0-" + OFFICERS_MAX + "]")) {
            throw new Malformed("memorandum.quota.malformed", Quoted.of(text));
        }
        return Integer.parseInt(text);
    }

    private static String after(String word, String text) throws Malformed {
        if (!text.startsWith(word)) {
            throw new Malformed("memorandum.period.malformed", Quoted.of(text));
        }
        return text.substring(word.length());
    }
}
