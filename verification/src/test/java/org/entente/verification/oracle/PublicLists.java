package org.entente.verification.oracle;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.verification.process.Repository;

/** The folder of public lists; a test that needs it skips loudly without it, or fails when nothing may be skipped. */
public final class PublicLists {
    private PublicLists() {}

    public static Path file(String relative) {
        Path found = folder().resolve(relative);
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

    private static Path folder() {
        String given = System.getenv("ENTENTE_TEST_DATA");
        if (given != null && !given.isEmpty()) {
            return Path.of(given);
        }
        Path root = Repository.find().root();
        for (Path up = root; up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve("shared/data"))) {
                return up.resolve("shared/data");
            }
        }
        return root.resolve("../shared/data").normalize();
    }
}
