package org.entente.holdings.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The public lists and reference cases that tests read: named by ENTENTE_TEST_DATA, else beside the repository. */
public final class PublicLists {
    private PublicLists() {}

    /** A file of the test data; without it the test is skipped aloud, or fails where everything is required. */
    public static Path file(String name) {
        Optional<Path> folder = folder();
        if (folder.isEmpty() || !Files.exists(folder.get().resolve(name))) {
            String message = "TEST DATA ABSENT: " + name + " (set ENTENTE_TEST_DATA to the folder that holds it)";
            System.err.println(message);
            if ("1".equals(System.getenv("ENTENTE_REQUIRE_ALL"))) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        return folder.orElseThrow().resolve(name);
    }

    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<Path> folder() {
        String named = System.getenv("ENTENTE_TEST_DATA");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve("shared/data"))) {
                return Optional.of(up.resolve("shared/data"));
            }
        }
        return Optional.empty();
    }
}
