package org.entente.memorandum.officer;

import java.util.Locale;
import org.entente.memorandum.item.Word;

/** Every act that can pass a decision. A memorandum that says nothing of an act refuses it. */
public enum ActName implements Word {
    PROBE,
    RECONCILE,
    WATCH,
    INDEX,
    REQUEST,
    RELEASE,
    DISSEMINATE,
    FORWARD,
    USE,
    EXPORT,
    CONTRIBUTE,
    ANNOUNCE,
    RETAIN;

    private final String word = name().toLowerCase(Locale.ROOT);

    @Override
    public String word() {
        return word;
    }
}
