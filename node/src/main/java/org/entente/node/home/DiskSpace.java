package org.entente.node.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/**
 * What is left on the disk of a home. A reserve is kept for the database's own journal: without room for that the server
 * stops dead, so whatever is large asks here while it writes, and is refused while small acts still go through.
 *
 * @param folder any folder on that disk
 * @param reserveBytes what large writes must leave free
 */
public record DiskSpace(Path folder, long reserveBytes) {
    /** Eight segments of PostgreSQL's journal. */
    public static final long RESERVE_BYTES = 1L << 27;

    /** PostgreSQL's {@code disk_full}, appendix A of its manual. */
    private static final String SQL_STATE = "53100";

    private static final int CAUSES_MAX = 32;

    public static DiskSpace of(NodeHome home) {
        return new DiskSpace(home.folder(), RESERVE_BYTES);
    }

    /** The disk has no room for what was to be written; nothing of it is kept. */
    public static final class DiskFull extends IOException {
        private static final long serialVersionUID = 1L;

        private DiskFull(Path folder, long free) {
            super("only " + free + " bytes are left on the disk of " + folder);
        }
    }

    /**
     * Asked by a large write now and then.
     *
     * @throws DiskFull when less than the reserve is left
     */
    public void requireReserve() throws IOException {
        long free = free();
        if (free < reserveBytes) {
            throw new DiskFull(folder, free);
        }
    }

    /**
     * Asked once by a write whose length is known.
     *
     * @throws DiskFull when less than the reserve would be left
     */
    public void requireRoom(long bytes) throws IOException {
        long free = free();
        if (free - reserveBytes < bytes) {
            throw new DiskFull(folder, free);
        }
    }

    /** Bytes that may still be written. */
    public long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Whether a failure was a full disk, or happened while the reserve was used up, which explains most others. */
    public boolean explains(Throwable failure) {
        if (isBehind(failure)) {
            return true;
        }
        try {
            requireReserve();
            return false;
        } catch (IOException full) {
            return full instanceof DiskFull;
        }
    }

    /** Whether a full disk, or a used-up quota, stands behind a failure. */
    public static boolean isBehind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            boolean stated = cause instanceof SQLException refused && SQL_STATE.equals(refused.getSQLState());
            if (stated || cause instanceof DiskFull || isNamedBy(String.valueOf(cause.getMessage()))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Whether a program's own words name a full disk. */
    public static boolean isNamedBy(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("no space left on device") || lower.contains("disk quota exceeded");
    }
}
