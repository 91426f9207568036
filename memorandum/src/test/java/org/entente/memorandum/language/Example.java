package org.entente.memorandum.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.evidence.canonical.Malformed;

/** The example that is published with the project, found from the folder in which the tests run. */
public final class Example {
    private Example() {}

    public static Memorandum memorandum() {
        try {
            return Memorandum.parseYaml(yaml());
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    public static String yaml() {
        return text("examples/mx-us.yaml");
    }

    public static String text(String path) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(path))) {
                try {
                    return Files.readString(folder.resolve(path));
                } catch (IOException refused) {
                    throw new UncheckedIOException(refused);
                }
            }
        }
        throw new AssertionError(path + " is missing");
    }
}
