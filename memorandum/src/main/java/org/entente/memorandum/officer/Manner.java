package org.entente.memorandum.officer;

import org.entente.memorandum.item.Word;

/** What something received is used for. */
public enum Manner implements Word {
    INTELLIGENCE("intelligence"),
    EVIDENCE("evidence"),
    /** To prevent an immediate and serious threat to public security. */
    IMMEDIATE_THREAT("immediate-threat");

    private final String word;

    Manner(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
