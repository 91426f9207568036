package org.entente.evidence;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shared folder of public test vectors; a test that needs it skips loudly without it, or fails when it must not skip. */
public final class SharedData {
    private static final JsonMapper MAPPER = new JsonMapper();

    private SharedData() {}

    public static Path path(String relative) {
        Path found = root().resolve(relative);
        if (Files.exists(found)) {
            return found;
        }
        String message = "SKIPPED: no test data at " + found + "; set ENTENTE_TEST_DATA to the folder that holds it";
        if ("1".equals(System.getenv("ENTENTE_REQUIRE_ALL"))) {
            return fail(message);
        }
        System.err.println(message);
        return abort(message);
    }

    public static byte[] bytes(String relative) {
        try {
            return Files.readAllBytes(path(relative));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    public static JsonNode json(String relative) {
        return json(path(relative));
    }

    public static JsonNode json(Path file) {
        boolean packed = file.toString().endsWith(".gz");
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = packed ? new GZIPInputStream(raw) : raw) {
            return MAPPER.readTree(in);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** All JSON files under a folder, in order. */
    public static List<Path> jsonFiles(String relative) {
        try (Stream<Path> files = Files.walk(path(relative))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static Path root() {
        String given = System.getenv("ENTENTE_TEST_DATA");
        if (given != null && !given.isEmpty()) {
            return Path.of(given);
        }
        Path folder = Path.of("").toAbsolutePath();
        for (Path up = folder; up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve("shared/data"))) {
                return up.resolve("shared/data");
            }
        }
        return folder.resolve("../shared/data");
    }
}
