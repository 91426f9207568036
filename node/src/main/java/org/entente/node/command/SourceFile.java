package org.entente.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.evidence.canonical.Malformed;

/** A file that a command was given. */
final class SourceFile {
    private SourceFile() {}

    /**
     * Its bytes; of one that is too large one byte more than is allowed, so that the reader of the bytes refuses the size in its own words.
     *
     * @throws Malformed {@code file.missing} or {@code file.not-regular}
     */
    static byte[] read(Path file, int bytesMax) throws IOException, Malformed {
        if (!Files.isRegularFile(file)) {
            throw new Malformed(Files.exists(file) ? "file.not-regular" : "file.missing", file.toString());
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(bytesMax + 1);
        }
    }
}
