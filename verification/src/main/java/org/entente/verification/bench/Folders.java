package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.entente.verification.process.Repository;

/** Where a measurement keeps its files: on the disk of the repository, because a temporary folder may lie in memory. */
final class Folders {
    private Folders() {}

    static Path fresh() throws IOException {
        return Files.createTempDirectory(parent(), "bench-");
    }

    private static Path parent() throws IOException {
        return Files.createDirectories(Repository.find().root().resolve("target"));
    }

    /** Why so many bytes cannot be written there, or nothing. */
    static String lacking(long bytes) throws IOException {
        return lacking(parent(), bytes);
    }

    static String lacking(Path folder, long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        return free >= bytes
                ? ""
                : "it needs " + (bytes >> 20) + " MiB on the disk of " + folder + ", where " + (free >> 20)
                        + " MiB are free";
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
