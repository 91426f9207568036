package org.entente.node.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The running server, which must not outlive us, whatever ends us.
 *
 * <p>On Linux the kernel sends the server SIGINT (fast shutdown: sessions are cut, everything is flushed) when the
 * <em>thread</em> that started it ends ({@code PR_SET_PDEATHSIG}, set by {@code setpriv} as the last word before the
 * server, since a change of account clears it). That thread is therefore a platform thread of its own, which stays until
 * the server is gone. {@code setsid} keeps the Ctrl-C of a terminal from the server, so that the node can end its work
 * first. Where {@code setpriv} is absent (macOS) a shell waits at a pipe that only we hold open: when we die the pipe
 * ends and the shell sends the SIGINT.
 */
final class ServerProcess {
    private static final String AT_THE_PIPE = """
            "$@" </dev/null & server=$!
            trap '' INT HUP
            while read -r ignored; do :; done
            kill -INT "$server" 2>/dev/null
            wait "$server"
            """;

    private final Process process;

    private final boolean tiedByKernel;

    private ServerProcess(Process process, boolean tiedByKernel) {
        this.process = process;
        this.tiedByKernel = tiedByKernel;
    }

    /** Whether the kernel can tie the server to us. */
    static boolean kernelTies() {
        return Program.run(ServerAccount.PROBE, List.of("setsid", "setpriv", "--pdeathsig", "INT", "--", "true"))
                .well();
    }

    /**
     * Starts the server.
     *
     * @param tiedByKernel as {@link #kernelTies()} found; otherwise the shell at the pipe
     */
    static ServerProcess start(ServerAccount account, List<String> command, boolean tiedByKernel, BoundedLog log)
            throws IOException {
        List<String> words =
                new ArrayList<>(tiedByKernel ? List.of("setsid") : List.of("sh", "-c", AT_THE_PIPE, "at-the-pipe"));
        words.addAll(account.prefix());
        if (tiedByKernel) {
            words.addAll(List.of("setpriv", "--pdeathsig", "INT", "--"));
        }
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        ServerAccount.quietEnvironment(builder.environment());
        builder.environment()
                .put("PG_GRANDPARENT_PID", Long.toString(ProcessHandle.current().pid()));
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().name("postgres-parent").daemon(true).start(() -> parent(builder, started, log));
        try {
            return new ServerProcess(started.get(), tiedByKernel);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static void parent(ProcessBuilder builder, CompletableFuture<Process> started, BoundedLog log) {
        Process process;
        try {
            process = builder.start();
        } catch (IOException failed) {
            started.completeExceptionally(failed);
            return;
        }
        started.complete(process);
        byte[] buffer = new byte[8192];
        try (InputStream words = process.getInputStream()) {
            for (int count = words.read(buffer); count >= 0; count = words.read(buffer)) {
                log.append(buffer, count);
            }
        } catch (IOException closed) {
            byte[] why = (closed.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
            log.append(why, why.length);
        }
        process.onExit().join();
    }

    /** Done when the server has ended, for whatever reason. */
    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks for a fast shutdown, then for an immediate one, then ends the processes. */
    void stop(Duration limit) {
        if (tiedByKernel) {
            signal("INT", process.pid());
        }
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // the shell at the pipe has ended, and the server with it
        }
        if (!endsWithin(limit)) {
            signal("QUIT", tiedByKernel ? process.pid() : firstChild());
            if (!endsWithin(Duration.ofSeconds(10))) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                endsWithin(Duration.ofSeconds(10));
            }
        }
    }

    private long firstChild() {
        return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
    }

    private boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Java can only send TERM, which PostgreSQL takes as waiting for its sessions. */
    static void signal(String name, long pid) {
        Program.run(ServerAccount.PROBE, List.of("sh", "-c", "kill -\"$0\" \"$1\"", name, Long.toString(pid)));
    }
}
