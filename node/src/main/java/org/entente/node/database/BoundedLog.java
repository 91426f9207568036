package org.entente.node.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The server's own words, in one file and its predecessor ({@code .1}), neither above a bound. A disk that takes no more
 * loses lines here and never stops the server.
 */
final class BoundedLog {
    private static final int TAIL_CHARS_MAX = 4096;

    private final Path file;
    private final long bytesMax;
    private final StringBuilder tail = new StringBuilder();

    BoundedLog(Path file, long bytesMax) {
        this.file = file;
        this.bytesMax = bytesMax;
    }

    synchronized void append(byte[] bytes, int count) {
        tail.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        if (tail.length() > TAIL_CHARS_MAX) {
            tail.delete(0, tail.length() - TAIL_CHARS_MAX);
        }
        try {
            if (Files.exists(file) && Files.size(file) + count > bytesMax) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream stream =
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                stream.write(bytes, 0, count);
            }
        } catch (IOException full) {
            tail.append(full.getMessage()).append('\n');
        }
    }

    /** The last words since this log was opened. */
    synchronized String tail() {
        return tail.toString();
    }
}
