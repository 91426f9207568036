package org.entente.memorandum.item;

/** Foreign text inside a problem: shortened, and without characters that could forge a line of a report. */
public final class Quoted {
    private static final int CHARACTERS_MAX = 60;

    private Quoted() {}

    public static String of(String text) {
        String shortened = text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "…";
        return shortened.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "�");
    }
}
