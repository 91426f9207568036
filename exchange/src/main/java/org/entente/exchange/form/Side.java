package org.entente.exchange.form;

import org.entente.memorandum.item.Word;

/** One of the two parties of a proceeding. */
public enum Side implements Word {
    /** Whoever said its first statement. */
    OPENER("opener"),
    /** To whom that was said. */
    COUNTERPART("counterpart");

    private final String word;

    Side(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    public Side other() {
        return this == OPENER ? COUNTERPART : OPENER;
    }
}
