package org.entente.node.tile;

/** The committed leaves of a log no longer give the root that was signed over them: somebody or something changed the database. */
public final class Contradiction extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Contradiction(String origin, long size) {
        super("the leaves of " + origin + " do not give the signed root of size " + size);
    }
}
