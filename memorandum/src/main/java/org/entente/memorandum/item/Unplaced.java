package org.entente.memorandum.item;

import java.util.Locale;

/** Answers to "where was it obtained?" that are no territory; what carries one of them never counts as own. */
public enum Unplaced implements Place {
    UNKNOWN,
    ONLINE,
    SEVERAL;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
