package org.entente.verification.noble;

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
 * The libraries of noble under Node.js: a script of ours reads and signs with them. They are installed from npm as the
 * lock file beside the script says, and none of their own scripts is run. Without Node.js, or without the packages, a
 * test is skipped loudly, or fails when it must not be.
 */
final class Noble {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "noble.mjs");
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SECONDS_MAX = 180;

    private final Path folder;

    private Noble(Path folder) {
        this.folder = folder;
    }

    static Noble install() throws IOException, InterruptedException {
        Noble noble =
                new Noble(Files.createDirectories(Path.of("target", "noble").toAbsolutePath()));
        for (String file : FILES) {
            try (InputStream in = Objects.requireNonNull(Noble.class.getResourceAsStream(file), file)) {
                Files.copy(in, noble.folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        noble.require("node", "--version");
        noble.require("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
        return noble;
    }

    /** Has each case judged: what is said of each of its signatures. */
    JsonNode verify(ArrayNode cases) throws IOException, InterruptedException {
        return run("verify", cases);
    }

    /** Has each order signed. */
    JsonNode sign(ArrayNode orders) throws IOException, InterruptedException {
        return run("sign", orders);
    }

    /** Has the doubles of these bits, 16 hexadecimal digits each, printed by ECMAScript. */
    JsonNode print(ArrayNode bits) throws IOException, InterruptedException {
        return run("print", bits);
    }

    private JsonNode run(String command, ArrayNode asked) throws IOException, InterruptedException {
        Path from = folder.resolve(command + "-asked.json");
        Path to = folder.resolve(command + "-answered.json");
        Files.write(from, MAPPER.writeValueAsBytes(asked));
        Files.deleteIfExists(to);
        String failure = failure("node", "noble.mjs", command, from.toString(), to.toString());
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
