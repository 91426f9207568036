package org.entente.matching.index;

import java.io.EOFException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A workplace without a disk, for indices that are small or live for one comparison. */
final class MemoryWorkplace implements Workplace {
    private final Map<Integer, Bytes> runs = new HashMap<>();
    private final Map<Part, Bytes> drafts = new EnumMap<>(Part.class);

    @Override
    public synchronized Optional<StoredBytes> run(int ordinal) {
        return Optional.ofNullable(runs.get(ordinal));
    }

    @Override
    public synchronized StoredBytes keepRun(int ordinal, byte[] run) {
        Bytes kept = new Bytes(run);
        runs.put(ordinal, kept);
        return kept;
    }

    @Override
    public synchronized DraftFile draft(Part part, long length) {
        Bytes draft = new Bytes(new byte[Math.toIntExact(length)]);
        drafts.put(part, draft);
        return draft;
    }

    /** The bytes of a draft that was written. */
    synchronized byte[] written(Part part) {
        Bytes draft = drafts.get(part);
        if (draft == null) {
            throw new IllegalStateException("nothing was built");
        }
        return draft.bytes;
    }

    private static final class Bytes implements DraftFile {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(long at, byte[] into, int offset, int length) throws IOException {
            if (at < 0 || length > bytes.length - at) {
                throw new EOFException("there are " + bytes.length + " bytes");
            }
            System.arraycopy(bytes, (int) at, into, offset, length);
        }

        @Override
        public void write(long at, byte[] from, int offset, int length) throws IOException {
            if (at < 0 || length > bytes.length - at) {
                throw new EOFException("there are " + bytes.length + " bytes");
            }
            System.arraycopy(from, offset, bytes, (int) at, length);
        }
    }
}
