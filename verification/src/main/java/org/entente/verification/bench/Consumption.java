package org.entente.verification.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.entente.verification.pair.NodeAtWork;
import org.entente.verification.pair.Pair;

/** What the processes of a pair, and this one, have taken of the processors until now, in seconds, as Linux tells it. */
record Consumption(Map<String, Double> seconds) {
    static final String DRIVER = "officers' side";
    private static final double TICKS_A_SECOND = 100;
    private static final int AFTER_NAME_PARENT = 1;
    private static final int AFTER_NAME_USER = 11;
    private static final int AFTER_NAME_SYSTEM = 12;
    private static final int AFTER_NAME_CHILDREN = 14;

    Consumption {
        seconds = Map.copyOf(seconds);
    }

    static Consumption now(Pair pair) throws IOException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (NodeAtWork node : pair.both()) {
            seconds.put("node " + node.party(), of(node.pid()));
            seconds.put("PostgreSQL of " + node.party(), ofServer(node.databasePid()));
        }
        seconds.put(DRIVER, of(ProcessHandle.current().pid()));
        return new Consumption(seconds);
    }

    /** What was taken since. */
    Map<String, Double> since(Consumption earlier) {
        Map<String, Double> taken = new LinkedHashMap<>();
        new TreeMap<>(seconds).forEach((name, now) -> taken.put(name, now - earlier.seconds.getOrDefault(name, 0.0)));
        return taken;
    }

    private static double of(long pid) throws IOException {
        List<String> fields = fields(pid);
        return (Long.parseLong(fields.get(AFTER_NAME_USER)) + Long.parseLong(fields.get(AFTER_NAME_SYSTEM)))
                / TICKS_A_SECOND;
    }

    /** The server, the children that it has, and those that ended. */
    private static double ofServer(Optional<Long> server) throws IOException {
        if (server.isEmpty()) {
            throw new BenchmarkFailed("a node's database server is gone");
        }
        long ticks = 0;
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path one : all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                ticks += ticks(Long.parseLong(one.getFileName().toString()), server.get());
            }
        }
        return ticks / TICKS_A_SECOND;
    }

    private static long ticks(long pid, long server) throws IOException {
        List<String> fields;
        try {
            fields = fields(pid);
        } catch (NoSuchFileException | UncheckedIOException ended) {
            return 0;
        }
        boolean isServer = pid == server;
        if (!isServer && Long.parseLong(fields.get(AFTER_NAME_PARENT)) != server) {
            return 0;
        }
        long ticks = Long.parseLong(fields.get(AFTER_NAME_USER)) + Long.parseLong(fields.get(AFTER_NAME_SYSTEM));
        return isServer
                ? ticks
                        + Long.parseLong(fields.get(AFTER_NAME_CHILDREN - 1))
                        + Long.parseLong(fields.get(AFTER_NAME_CHILDREN))
                : ticks;
    }

    /** The fields behind the program's name, which may hold blanks: state, parent, and so on (proc_pid_stat(5), from field 3). */
    private static List<String> fields(long pid) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" "));
    }

    /** What a process has resident, in MiB. */
    static double residentMebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024.0)
                .findFirst()
                .orElseThrow(() -> new BenchmarkFailed("the system does not say what is resident"));
    }
}
