package org.entente.node.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short run of a program of the system, with bounded time and output. */
final class Program {
    private static final int OUTPUT_BYTES_MAX = 64 * 1024;

    /** How a run ended; {@code exit} is -1 when the program is absent, -2 when it took too long. */
    record Ended(int exit, String output) {
        boolean well() {
            return exit == 0;
        }
    }

    private Program() {}

    static Ended run(Duration limit, List<String> command) {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            ServerAccount.quietEnvironment(builder.environment());
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException absent) {
            return new Ended(-1, String.valueOf(absent.getMessage()));
        }
        StringBuilder output = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> read(process.getInputStream(), output));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Ended(-2, "no end after " + limit.toSeconds() + " s");
            }
            reader.join(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Ended(-2, "interrupted");
        }
        synchronized (output) {
            return new Ended(process.exitValue(), output.toString());
        }
    }

    private static void read(InputStream from, StringBuilder into) {
        byte[] buffer = new byte[4096];
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                synchronized (into) {
                    into.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                    if (into.length() > OUTPUT_BYTES_MAX) {
                        into.delete(0, into.length() - OUTPUT_BYTES_MAX);
                    }
                }
            }
        } catch (IOException closed) {
            synchronized (into) {
                into.append(closed.getMessage());
            }
        }
    }
}
