package org.entente.node.trial;

/** Invented companies with numbers of the form of an RFC; their check digits are as they fall. */
public final class Companies {
    private Companies() {}

    /** The n-th company's number. */
    public static String rfc(int n) {
        return "TS" + (char) ('A' + n / 100) + String.format("%02d0101AA1", n % 100);
    }

    /** A file of so many companies, with a heading. */
    public static String csv(int companies) {
        StringBuilder file = new StringBuilder("rfc,name\n");
        for (int n = 0; n < companies; n++) {
            file.append(rfc(n)).append(",Company ").append(n).append('\n');
        }
        return file.toString();
    }
}
