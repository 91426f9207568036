package org.entente.matching.index;

import java.io.IOException;

/** Bytes of a known length that can be read at any place: a file that a node has open, or an array. Many threads may read at once. */
public interface StoredBytes {
    long length();

    /** Reads exactly {@code length} bytes from {@code at} on. */
    void read(long at, byte[] into, int offset, int length) throws IOException;

    default byte[] read(long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        read(at, bytes, 0, length);
        return bytes;
    }
}
