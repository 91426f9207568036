package org.entente.memorandum.item;

import org.entente.evidence.canonical.Malformed;

/** What an exchange is for, for example {@code drug-trafficking}; what a memorandum does not name is refused. */
public record Purpose(String code) implements Comparable<Purpose> {
    public Purpose {
        if (!Slug.isSlug(code)) {
            throw new IllegalArgumentException("not a code of lower-case words");
        }
    }

    /** Refuses with {@code memorandum.purpose.malformed} unless it is lower-case words joined by hyphens. */
    public static Purpose parse(String text) throws Malformed {
        if (!Slug.isSlug(text)) {
            throw new Malformed("memorandum.purpose.malformed", Quoted.of(text));
        }
        return new Purpose(text);
    }

    @Override
    public int compareTo(Purpose other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
