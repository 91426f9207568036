package org.entente.verification.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command line of a node, run with the launcher's flags on the class path that is installed. */
public final class Entente {
    private static final int OUTPUT_BYTES_MAX = 1 << 26;
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseG1GC",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Djava.net.preferIPv4Stack=true");

    private final Repository repository;
    private final Map<String, String> environment = new HashMap<>();

    private final Path root;
    private final List<String> flags;

    public Entente(Repository repository) {
        this(repository, repository.root(), List.of());
    }

    private Entente(Repository repository, Path root, List<String> flags) {
        this.repository = repository;
        this.root = root;
        this.flags = List.copyOf(flags);
        environment.put("ENTENTE_LANGUAGE", "en");
    }

    /** The same command line with further flags for its Java. */
    public Entente withFlags(List<String> further) {
        return new Entente(repository, root, further);
    }

    /** The same command line in another language, {@code en} or {@code es}. */
    public Entente in(String language) {
        Entente other = new Entente(repository, root, flags);
        other.environment.put("ENTENTE_LANGUAGE", language);
        return other;
    }

    /** The same command line with another folder in the place of the repository: the demonstration takes its example from there. */
    public Entente withExamplesOf(Path root) {
        return new Entente(repository, root, flags);
    }

    /** How a run ended, with what it printed on standard output and on standard error. */
    public record Ended(int exit, String output, String errors) {}

    /** Runs a command to its end; whatever is left of it is ended when the time is up. */
    public Ended run(Duration limit, Object... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments).start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("no end after " + limit.toSeconds() + " s: " + List.of(arguments));
            }
            return new Ended(process.exitValue(), output.join(), errors.join());
        } finally {
            process.destroy();
        }
    }

    /** Begins a command, for whoever interrupts it; all that it prints goes into the file. */
    public Process start(Path output, Object... arguments) throws IOException {
        Process process = builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        return process;
    }

    /** The same, with what it prints added to the file. */
    public Process append(Path output, Object... arguments) throws IOException {
        Process process = builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        process.getOutputStream().close();
        return process;
    }

    private ProcessBuilder builder(Object... arguments) {
        ProcessBuilder builder = new ProcessBuilder(words(arguments));
        builder.environment().putAll(environment);
        return builder;
    }

    private List<String> words(Object... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(FLAGS);
        words.addAll(flags);
        words.add("-Dentente.root=" + root);
        words.addAll(List.of("-cp", repository.nodeClassPath(), "org.entente.node.command.Entente"));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return words;
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
