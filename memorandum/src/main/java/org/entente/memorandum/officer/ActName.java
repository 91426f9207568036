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

    /** Whether whoever acts hands over, or opens to others, an item that it holds as its own. */
    public boolean supplies() {
        return switch (this) {
            case INDEX, RELEASE, DISSEMINATE, CONTRIBUTE -> true;
            case PROBE, WATCH, RECONCILE, REQUEST, FORWARD, USE, EXPORT, RETAIN, ANNOUNCE -> false;
        };
    }

    /** Whether it is done with an item that was received. */
    public boolean ofReceived() {
        return switch (this) {
            case FORWARD, USE, EXPORT, RETAIN -> true;
            case PROBE, WATCH, RECONCILE, INDEX, REQUEST, RELEASE, DISSEMINATE, CONTRIBUTE, ANNOUNCE -> false;
        };
    }

    @Override
    public String word() {
        return word;
    }
}
