package org.entente.matching.index;

import java.io.IOException;

/** A file while it is written. Its length is fixed from the start; threads write different places of it at once. */
public interface DraftFile extends StoredBytes {
    void write(long at, byte[] bytes, int offset, int length) throws IOException;

    default void write(long at, byte[] bytes) throws IOException {
        write(at, bytes, 0, bytes.length);
    }
}
