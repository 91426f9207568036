package org.entente.matching.index;

import java.io.IOException;
import java.util.Optional;

/** A disk that fills up after a number of bytes: what was kept before stays, as it does on a real one. */
final class FaultyWorkplace implements Workplace {
    private final MemoryWorkplace disk;
    private long room;

    FaultyWorkplace(MemoryWorkplace disk, long room) {
        this.disk = disk;
        this.room = room;
    }

    private void take(int bytes) throws IOException {
        room -= bytes;
        if (room < 0) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public Optional<StoredBytes> run(int ordinal) {
        return disk.run(ordinal);
    }

    @Override
    public StoredBytes keepRun(int ordinal, byte[] run) throws IOException {
        take(run.length);
        return disk.keepRun(ordinal, run);
    }

    @Override
    public DraftFile draft(Part part, long length) {
        DraftFile draft = disk.draft(part, length);
        return new DraftFile() {
            @Override
            public long length() {
                return draft.length();
            }

            @Override
            public void read(long at, byte[] into, int offset, int length) throws IOException {
                draft.read(at, into, offset, length);
            }

            @Override
            public void write(long at, byte[] bytes, int offset, int length) throws IOException {
                take(length);
                draft.write(at, bytes, offset, length);
            }
        };
    }
}
