package org.entente.matching.index;

import java.io.IOException;
import java.util.Optional;

/**
 * Where one index is built. What {@link #keepRun} has kept MUST survive a kill once it has returned, whole or not at all; drafts need not.
 * Nothing here is ever served: whoever owns the place gives a finished draft its name after it was forced to the disk.
 */
public interface Workplace {
    /** Which of the two files of an index. */
    enum Part {
        /** What the partner gets. */
        SHARED,
        /** What the holder keeps to open its leaves. */
        OWN
    }

    /** A run that an earlier attempt kept. */
    Optional<StoredBytes> run(int ordinal) throws IOException;

    /** Keeps a run, in the place of an older one of the same ordinal. */
    StoredBytes keepRun(int ordinal, byte[] run) throws IOException;

    /** An empty draft of the given length, in the place of an older one. */
    DraftFile draft(Part part, long length) throws IOException;
}
