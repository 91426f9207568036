package org.entente.verification.memoranda;

/**
 * How large an invented memorandum is.
 *
 * @param parties two to {@value #PARTIES_MAX}
 * @param authorities of all parties together, at least one for each
 * @param clauses of every kind together; {@value #SINGLE_CLAUSES} of them stand once
 */
public record Shape(int parties, int authorities, int clauses) {
    /** The memorandum of which speed is asked: 5 parties, 60 authorities, 40 clauses. */
    public static final Shape USUAL = new Shape(5, 60, 40);

    static final int PARTIES_MAX = 12;
    static final int SINGLE_CLAUSES = 8;
    private static final int NAMES_MAX = 256;

    public Shape {
        boolean possible = parties >= 2
                && parties <= PARTIES_MAX
                && authorities >= parties
                && authorities <= parties * NAMES_MAX
                && clauses >= SINGLE_CLAUSES + 2
                && clauses <= NAMES_MAX;
        if (!possible) {
            throw new IllegalArgumentException("no memorandum has " + parties + " parties, " + authorities
                    + " authorities, " + clauses + " clauses");
        }
    }

    public Shape withClauses(int other) {
        return new Shape(parties, authorities, other);
    }
}
