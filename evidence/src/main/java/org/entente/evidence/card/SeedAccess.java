package org.entente.evidence.card;

/**
 * The token that whoever reads the bytes of a secret must hold, so that one search finds every such place. Only the key
 * store has a reason to.
 */
public final class SeedAccess {
    private static final SeedAccess TOKEN = new SeedAccess();

    private SeedAccess() {}

    public static SeedAccess forKeyStore() {
        return TOKEN;
    }
}
