package org.entente.memorandum.item;

import org.entente.evidence.canonical.Malformed;

/** A kind of holding that the memorandum names, for example {@code public-list-entry} or {@code company}. */
public record Category(String code) implements Comparable<Category> {
    public Category {
        if (!Slug.isSlug(code)) {
            throw new IllegalArgumentException("not a code of lower-case words");
        }
    }

    /** Refuses with {@code memorandum.category.malformed} unless it is lower-case words joined by hyphens. */
    public static Category parse(String text) throws Malformed {
        if (!Slug.isSlug(text)) {
            throw new Malformed("memorandum.category.malformed", Quoted.of(text));
        }
        return new Category(text);
    }

    @Override
    public int compareTo(Category other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
