package org.entente.exchange.form;

import org.entente.memorandum.item.Word;

/** What stands for the items that a proceeding names while it is in a phase; it ends with the phase. */
public enum Effect implements Word {
    /** They are kept and not used, by either side. */
    RESTRICTION("restriction"),
    /** Their receiver erases them and attests it. */
    ERASURE("erasure"),
    /** Their originator consents to what was asked. */
    CONSENT("consent"),
    /** Both sides agree that something may be obtained in the place that is named. */
    AUTHORISATION("authorisation");

    private final String word;

    Effect(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
