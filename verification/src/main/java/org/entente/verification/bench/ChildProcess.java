package org.entente.verification.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A measurement in a process of its own, so that its memory is its own, with the launcher's flags and a heap of {@value #HEAP_MEBIBYTES} MiB for each party that it
 * plays. It prints its progress on standard output and
 * writes its series into a file.
 */
final class ChildProcess {
    static final int HEAP_MEBIBYTES = 512;

    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseG1GC",
            "-Dfile.encoding=UTF-8",
            "--add-modules=jdk.incubator.vector");

    /** As a shell has it for Ctrl-C. */
    private static final int INTERRUPTED = 130;

    private static final String SERIES = "series.json";
    private static final String ERRORS = "errors";

    private ChildProcess() {}

    /** What a child does; the series go into the book. */
    interface Measurement {
        void into(SeriesBook book, Path folder, Benchmark.Progress progress) throws IOException;
    }

    /** Runs the class's {@code main} with a file for its series, a folder for its files, and the numbers. Nothing is left behind, not even when this process is interrupted. */
    static JsonNode run(Class<?> measurement, int parties, Benchmark.Progress progress, long... numbers)
            throws IOException, InterruptedException {
        Path folder = Folders.fresh();
        List<String> words = words(measurement, parties, folder);
        for (long number : numbers) {
            words.add(Long.toString(number));
        }
        Process process = new ProcessBuilder(words)
                .redirectError(folder.resolve(ERRORS).toFile())
                .start();
        Thread ending = new Thread(() -> interrupted(process, folder));
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return read(process, folder, progress);
        } finally {
            end(process, folder);
            Runtime.getRuntime().removeShutdownHook(ending);
        }
    }

    private static JsonNode read(Process process, Path folder, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                progress.at(line);
            }
        }
        if (process.waitFor() != 0) {
            throw new BenchmarkFailed(reason(Files.readString(folder.resolve(ERRORS))));
        }
        return JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve(SERIES)));
    }

    /** Ends this process too, while whoever waits for the child is held in {@link #end}: there is nothing more to tell. */
    private static synchronized void interrupted(Process process, Path folder) {
        end(process, folder);
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    private static synchronized void end(Process process, Path folder) {
        try {
            process.destroyForcibly().onExit().join();
            Folders.delete(folder);
        } catch (IOException left) {
            throw new UncheckedIOException("files of the measurement are left in " + folder, left);
        }
    }

    private static List<String> words(Class<?> measurement, int parties, Path folder) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(FLAGS);
        words.add("-Xmx" + parties * HEAP_MEBIBYTES + "m");
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), measurement.getName()));
        words.add(folder.resolve(SERIES).toString());
        words.add(folder.resolve("work").toString());
        return words;
    }

    private static String reason(String errors) {
        return errors.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\t") && !line.startsWith("WARNING"))
                .reduce("a process of the measurement ended without a word", (before, line) -> line);
    }

    /** The child's side of {@link #run}: measures, and ends the process. */
    @SuppressWarnings("SystemOut")
    static void play(String[] arguments, Measurement measurement) throws IOException {
        SeriesBook book = new SeriesBook();
        try {
            measurement.into(book, Files.createDirectories(Path.of(arguments[1])), System.out::println);
        } catch (BenchmarkFailed wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
        }
        Files.writeString(Path.of(arguments[0]), JsonMapper.shared().writeValueAsString(book.json()));
    }
}
