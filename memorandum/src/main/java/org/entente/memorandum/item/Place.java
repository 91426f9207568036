package org.entente.memorandum.item;

import org.entente.evidence.canonical.Malformed;

/** Where an item was obtained: a territory, or one of the answers that are nobody's territory. */
public sealed interface Place permits Territory, Unplaced {
    /** The code as it stands in a statement: {@code MX-SIN}, {@code unknown}. */
    String code();

    static Place parse(String text) throws Malformed {
        for (Unplaced unplaced : Unplaced.values()) {
            if (unplaced.code().equals(text)) {
                return unplaced;
            }
        }
        return Territory.parse(text);
    }
}
