package org.entente.verification.npm;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A script of ours under Node.js with packages from npm, which are installed as the lock file beside the script says; none of their own
 * scripts is run. Without Node.js, or without the packages, a test is skipped loudly, or fails when it must not be.
 */
public final class NodeScript {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SECONDS_MAX = 180;

    private final Path folder;
    private final String script;

    private NodeScript(Path folder, String script) {
        this.folder = folder;
        this.script = script;
    }

    /** Installs what {@code package.json} and {@code package-lock.json} beside a class name, and the script beside them. */
    public static NodeScript install(Class<?> beside, String name) throws IOException, InterruptedException {
        NodeScript installed =
                new NodeScript(Files.createDirectories(Path.of("target", name).toAbsolutePath()), name + ".mjs");
        for (String file : List.of("package.json", "package-lock.json", installed.script)) {
            try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(file), file)) {
                Files.copy(in, installed.folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        installed.require("node", "--version");
        installed.require("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
        return installed;
    }

    /** Has the script answer each of what is asked, in order. */
    public JsonNode run(String command, ArrayNode asked) throws IOException, InterruptedException {
        Path from = folder.resolve(command + "-asked.json");
        Path to = folder.resolve(command + "-answered.json");
        Files.write(from, MAPPER.writeValueAsBytes(asked));
        Files.deleteIfExists(to);
        String failure = failure("node", script, command, from.toString(), to.toString());
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
        return MAPPER.readTree(Files.readAllBytes(to));
    }

    private void require(String... command) throws IOException, InterruptedException {
        String failure = failure(command);
        if (failure.isEmpty()) {
            return;
        }
        String message = "SKIPPED: install nodejs and npm, and let npm reach its registry or cache once: " + failure;
        if ("1".equals(System.getenv("ENTENTE_REQUIRE_ALL"))) {
            fail(message);
        }
        System.err.println(message);
        abort(message);
    }

    /** Runs a program in the folder; empty when it ends well, otherwise what it said. */
    private String failure(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException absent) {
            return command[0] + " cannot be started";
        }
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0
                    ? ""
                    : String.join(" ", command) + " failed: " + Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            process.destroy();
        }
    }
}
