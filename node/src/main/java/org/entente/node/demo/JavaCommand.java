package org.entente.node.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command line once more, in a process of its own: the same Java, flags and class path as this one's. */
final class JavaCommand {
    private static final String MAIN = "org.entente.node.command.Entente";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int OUTPUT_BYTES_MAX = 1 << 24;
    private static final List<String> OF_THIS_PROCESS_ONLY =
            List.of("-agentlib:", "-javaagent:", "-agentpath:", "-Xrunjdwp");

    /** What lives a second is not worth the second compiler. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1");
    /** Without that compiler vectors are objects, and slower than no vectors. */
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private JavaCommand() {}

    /** How a command ended. */
    record Ended(int exit, String output, String words) {
        /** What it printed, when it ended well. */
        String orBroken(String command) throws StoryBroken {
            if (exit != 0) {
                throw new StoryBroken("demo.command-failed", command, Integer.toString(exit), words.strip());
            }
            return output;
        }
    }

    /**
     * The command as a process that is not started yet.
     *
     * @param before words that go before Java's own
     * @param flags for this Java, beside those of our own
     */
    static ProcessBuilder builder(List<String> before, List<String> flags, List<String> arguments) {
        List<String> words = new ArrayList<>(before);
        words.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            boolean useless = flags.equals(SHORT_LIVED) && flag.equals(VECTORS);
            if (!useless && OF_THIS_PROCESS_ONLY.stream().noneMatch(flag::startsWith)) {
                words.add(flag);
            }
        }
        words.addAll(flags);
        words.add(MAIN);
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words);
        // In the environment, so that lists of processes show what runs and not a hundred names of archives.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }

    /** Runs a command to its end. */
    static Ended run(String... arguments) throws IOException, InterruptedException, StoryBroken {
        Process process = builder(List.of(), SHORT_LIVED, List.of(arguments)).start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> words = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoryBroken("demo.too-long", String.join(" ", arguments), Long.toString(LIMIT.toSeconds()));
            }
            return new Ended(process.exitValue(), output.join(), words.join());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
