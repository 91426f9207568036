package org.entente.verification.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a node's processor time goes: its own flight recorder samples its threads by their processor time, and each sample
 * counts for the part that the innermost telling frame of its stack belongs to.
 */
final class ProcessorProfile {
    private static final String EVENT = "jdk.CPUTimeSample";
    private static final long COMMAND_SECONDS = 60;
    static final String OTHER = "the rest";

    /** Beginnings of class names, the first that fits counts; what a frame calls is looked at before the frame. */
    private static final Map<String, String> PARTS = parts();

    private final long pid;
    private final Path file;

    private ProcessorProfile(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("org.entente.evidence.card.", "sign and verify");
        parts.put("org.entente.evidence.log.", "checkpoints and proofs");
        parts.put("org.entente.evidence.tile.", "checkpoints and proofs");
        parts.put("org.entente.node.tile.", "checkpoints and proofs");
        parts.put("org.entente.exchange.body.", "bodies");
        parts.put("org.entente.node.body.", "bodies");
        parts.put("org.entente.memorandum.", "decisions");
        parts.put("org.entente.exchange.passage.", "decisions");
        parts.put("org.entente.evidence.canonical.", "JSON");
        parts.put("tools.jackson.", "JSON");
        parts.put("org.postgresql.", "SQL");
        parts.put("com.zaxxer.", "SQL");
        parts.put("org.springframework.jdbc.", "SQL");
        parts.put("org.springframework.transaction.", "SQL");
        parts.put("org.conscrypt.", "TLS");
        parts.put("sun.security.ssl.", "TLS");
        parts.put("org.apache.hc.", "HTTP");
        parts.put("org.apache.catalina.", "HTTP");
        parts.put("org.apache.coyote.", "HTTP");
        parts.put("org.apache.tomcat.", "HTTP");
        parts.put("org.springframework.", "HTTP");
        parts.put("org.entente.node.link.", "HTTP");
        return parts;
    }

    /** Begins to sample a process of this machine. */
    static ProcessorProfile begin(long pid, Path file) throws IOException, InterruptedException {
        tell(
                pid,
                "JFR.start",
                "name=bench",
                "settings=none",
                "+" + EVENT + "#enabled=true",
                "+" + EVENT + "#throttle=5ms");
        return new ProcessorProfile(pid, file);
    }

    /** Ends the sampling: the share of each part, by its name. */
    Map<String, Double> shares() throws IOException, InterruptedException {
        tell(pid, "JFR.stop", "name=bench", "filename=" + file);
        Map<String, Long> counts = new LinkedHashMap<>();
        long all = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(EVENT)) {
                    counts.merge(part(event.getStackTrace()), 1L, Long::sum);
                    all++;
                }
            }
        }
        if (all == 0) {
            throw new BenchmarkFailed("the flight recorder of this Java took no samples of processor time");
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            shares.put(count.getKey(), count.getValue() / (double) all);
        }
        return shares;
    }

    private static String part(RecordedStackTrace stack) {
        if (stack == null) {
            return OTHER;
        }
        for (RecordedFrame frame : stack.getFrames()) {
            Optional<String> part = part(frame.getMethod());
            if (part.isPresent()) {
                return part.get();
            }
        }
        return OTHER;
    }

    private static Optional<String> part(RecordedMethod method) {
        String type = method.getType().getName();
        return PARTS.entrySet().stream()
                .filter(part -> type.startsWith(part.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(part ->
                        part.equals("sign and verify") ? (method.getName().startsWith("sign") ? "sign" : part) : part);
    }

    private static void tell(long pid, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new BenchmarkFailed("the flight recorder was not told: " + output.strip());
        }
    }
}
