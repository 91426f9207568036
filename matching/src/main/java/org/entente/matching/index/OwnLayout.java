package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Where things stand in the file that the holder of an index keeps beside it; numbers are big-endian. Header: {@code ENTOWN\r\n} ‖
 * version 2 (4) ‖ zero (4) ‖ entries (8) ‖ identifiers (8) ‖ retired dummies (8) ‖ bytes of record ids (8) ‖ root of the index (32). Then for each
 * entry the place where its record ids end (8), then the ids, each with its length (2), then the upper levels of the tree of leaves.
 */
final class OwnLayout {
    static final byte[] MAGIC = "ENTOWN\r\n".getBytes(US_ASCII);
    static final int VERSION = 2;

    static final int VERSION_AT = 8;
    static final int COUNT_AT = 16;
    static final int IDENTIFIERS_AT = 24;
    static final int RETIRED_AT = 32;
    static final int ID_BYTES_AT = 40;
    static final int ROOT_AT = 48;
    static final int HEADER_BYTES = ROOT_AT + Digest.BYTES;

    private OwnLayout() {}

    /** Where it is written at which place the ids of an entry end, counted from the first id. */
    static long endAt(long position) {
        return HEADER_BYTES + position * 8;
    }

    static long idsAt(long entries) {
        return endAt(entries);
    }

    static long treeAt(long entries, long idBytes) {
        return idsAt(entries) + idBytes;
    }

    static long fileBytes(long entries, long idBytes) {
        return treeAt(entries, idBytes) + new LeafTree(entries).storedBytes();
    }
}
