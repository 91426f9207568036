package org.entente.memorandum.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
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

    /** A memorandum that extends nothing, so that tests may make any single word of it looser. */
    public static String plain() {
        try (InputStream stream = Objects.requireNonNull(Example.class.getResourceAsStream("plain.yaml"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
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
