package org.entente.memorandum.item;

/** The secrecy that law lays on an item, beyond what any memorandum says. */
public enum SecrecyRegime implements Word {
    NONE("none"),
    FINANCIAL("financial"),
    /** That a suspicious transaction report exists is itself confidential and goes unit to unit only. */
    SUSPICIOUS_REPORT("suspicious-report"),
    TAX("tax"),
    GRAND_JURY("grand-jury"),
    MINISTERIAL("ministerial"),
    CLASSIFIED("classified");

    private final String word;

    SecrecyRegime(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
