package org.entente.node.server;

/** A request brings more bytes than are taken. */
final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    private final long bytesMax;

    TooLarge(long bytesMax) {
        super("more than " + bytesMax + " bytes");
        this.bytesMax = bytesMax;
    }

    long bytesMax() {
        return bytesMax;
    }
}
