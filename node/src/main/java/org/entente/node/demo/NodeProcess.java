package org.entente.node.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A node in a process of its own, which must not outlive the demonstration. Where the system has {@code setpriv} (Linux)
 * the kernel ends it when the thread that started it ends, even if this process is killed; {@code setsid} keeps a
 * terminal's Ctrl-C from it, so that it is stopped in order, by us.
 */
final class NodeProcess {
    private static final List<String> TIED = List.of("setsid", "setpriv", "--pdeathsig", "TERM", "--");
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int TAIL_BYTES = 4_000;

    private final Process process;
    private final Path log;

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts {@code entente ARGUMENTS}; what it prints is added to the log. */
    static NodeProcess start(List<String> arguments, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = JavaCommand.builder(systemTies() ? TIED : List.of(), List.of(), arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        process.getOutputStream().close();
        return new NodeProcess(process, log);
    }

    private static boolean systemTies() throws InterruptedException {
        List<String> probe = new ArrayList<>(TIED);
        probe.add("true");
        try {
            Process process = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /** Waits for a command that ends by itself, and demands that it ends well. */
    void endsWell(Duration limit, String what) throws StoryBroken, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new StoryBroken("demo.too-long", what, Long.toString(limit.toSeconds()));
        }
        if (process.exitValue() != 0) {
            throw died();
        }
    }

    /** The end of the log, as the reason why the node is gone. */
    StoryBroken died() {
        return new StoryBroken("demo.node-died", log.toString(), tail());
    }

    private String tail() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** The most memory that the node's own process has had resident, in KiB; empty where the system does not say. */
    OptionalLong peakMemoryKib() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException elsewhere) {
            return OptionalLong.empty();
        }
    }

    /** Asks the node to stop, and does not wait. */
    void ask() {
        process.destroy();
    }

    /** Waits for the node to stop as it was asked to; then it is stopped. */
    void end() {
        boolean ended;
        try {
            ended = process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            ended = false;
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
