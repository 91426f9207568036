package org.entente.memorandum.item;

import java.util.regex.Pattern;

/** Lower-case words joined by hyphens, at most 64 characters: the form of every code that a memorandum coins. */
public final class Slug {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int CHARACTERS_MAX = 64;

    private Slug() {}

    public static boolean isSlug(String text) {
        return text.length() <= CHARACTERS_MAX && FORM.matcher(text).matches();
    }
}
