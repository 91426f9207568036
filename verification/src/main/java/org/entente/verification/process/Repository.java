package org.entente.verification.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the repository lies: as the launcher says, else the folder above that holds the launcher. */
public record Repository(Path root) {
    private static final String LAUNCHER = "entente";

    public static Repository find() {
        return Optional.ofNullable(System.getProperty("entente.root"))
                .map(Path::of)
                .or(Repository::above)
                .map(Repository::new)
                .orElseThrow(() -> new IllegalStateException(
                        "the repository is not above " + Path.of("").toAbsolutePath()));
    }

    private static Optional<Path> above() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isRegularFile(up.resolve(LAUNCHER)) && Files.isDirectory(up.resolve("verification"))) {
                return Optional.of(up);
            }
        }
        return Optional.empty();
    }

    public Path launcher() {
        return root.resolve(LAUNCHER);
    }

    /** The class path of an installed node, as the launcher has it. */
    public String nodeClassPath() {
        Path target = root.resolve("node/target");
        if (!Files.isRegularFile(target.resolve("entente-node.jar")) || !Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException("the node is not packaged; run ./mvnw package first");
        }
        return target.resolve("lib") + "/*" + System.getProperty("path.separator") + target.resolve("entente-node.jar");
    }
}
