package org.entente.verification.limits;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.verification.process.Repository;

/** The files of the repository that people write; nothing that a tool made. */
final class Sources {
    private static final Set<String> NOT_WRITTEN = Set.of("target", ".git", ".idea", "home", "node_modules");

    private Sources() {}

    static Path root() {
        return Repository.find().root();
    }

    /** All files whose names end so, by path. */
    static List<Path> ending(String... endings) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                Path name = folder.getFileName();
                return name != null && NOT_WRITTEN.contains(name.toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                for (String ending : endings) {
                    if (file.toString().endsWith(ending)) {
                        found.add(file);
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted().toList();
    }

    static List<Path> java() throws IOException {
        return ending(".java");
    }

    static String name(Path file) {
        return root().relativize(file).toString();
    }
}
