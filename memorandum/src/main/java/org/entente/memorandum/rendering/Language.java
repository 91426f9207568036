package org.entente.memorandum.rendering;

import java.util.Locale;

/** The two languages of the house. */
public enum Language {
    EN,
    ES;

    public Locale locale() {
        return Locale.of(code());
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
