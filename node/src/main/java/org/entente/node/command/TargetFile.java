package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;

/** A file that a command writes whole or not at all, in the place of an earlier one. */
record TargetFile(Path path) {
    /**
     * The target of that name; none when none was given. It is refused before anything is computed for it.
     *
     * @throws Malformed {@code file.no-folder}, {@code file.not-regular} or {@code file.denied}
     */
    static Optional<TargetFile> of(String name) throws Malformed {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(name);
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Malformed("file.no-folder", name);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new Malformed("file.not-regular", name);
        }
        if (!Files.isWritable(folder)) {
            throw new Malformed("file.denied", name);
        }
        return Optional.of(new TargetFile(file));
    }

    /** Writes the page and says so. */
    void write(String page, PrintWriter messages) throws IOException {
        write(page.getBytes(StandardCharsets.UTF_8), messages);
    }

    /** Writes the bytes and says so. */
    void write(byte[] bytes, PrintWriter messages) throws IOException {
        write(bytes);
        messages.println(Catalogue.say(Language.ofEnvironment(System.getenv()), "memorandum.written", path.toString()));
    }

    private void write(byte[] bytes) throws IOException {
        Path draft = path.resolveSibling(path.getFileName() + ".draft");
        try {
            Files.write(draft, bytes);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException refused) {
            throw new AccessDeniedException(path.toString(), null, refused.getReason());
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
