package org.entente.matching;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the published vectors, which are never copied into the project. */
public final class TestVectors {
    private TestVectors() {}

    /** The text of a file under the vectors; the test is aborted loudly, or fails where everything is required, when it is absent. */
    public static String read(String name) throws IOException {
        Optional<Path> file =
                folder().map(folder -> folder.resolve("vectors").resolve(name)).filter(Files::exists);
        if (file.isEmpty()) {
            String message = "test data absent: vectors/" + name + "; set ENTENTE_TEST_DATA";
            if ("1".equals(System.getenv("ENTENTE_REQUIRE_ALL"))) {
                throw new AssertionError(message);
            }
            abort(message);
        }
        return Files.readString(file.orElseThrow());
    }

    private static Optional<Path> folder() {
        String named = System.getenv("ENTENTE_TEST_DATA");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolveSibling("shared").resolve("data");
            if (Files.isDirectory(data)) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }
}
