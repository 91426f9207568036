package org.entente.node.language;

import java.util.Locale;
import java.util.Map;

/** A language in which everything that a person reads exists. */
public enum Language {
    ENGLISH("en", Locale.UK),
    /** As it is written in Mexico: 4,020 and not 4.020. */
    SPANISH("es", Locale.of("es", "MX"));

    private final String code;
    private final Locale locale;

    Language(String code, Locale locale) {
        this.code = code;
        this.locale = locale;
    }

    /** ISO 639-1 code, {@code en} or {@code es}. */
    public String code() {
        return code;
    }

    /** How numbers and dates are written; the United Kingdom puts a date in the order that Mexico does. */
    public Locale locale() {
        return locale;
    }

    /** The language that a tag such as {@code es-MX}, {@code es_MX.UTF-8} or {@code en} asks for; English otherwise. */
    public static Language ofTag(String tag) {
        return tag.toLowerCase(Locale.ROOT).startsWith("es") ? SPANISH : ENGLISH;
    }

    /** The language of a terminal: {@code ENTENTE_LANGUAGE}, else the POSIX locale variables in their order. */
    public static Language ofEnvironment(Map<String, String> environment) {
        for (String name : new String[] {"ENTENTE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isBlank()) {
                return ofTag(value);
            }
        }
        return ENGLISH;
    }
}
