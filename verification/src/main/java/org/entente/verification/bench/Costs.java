package org.entente.verification.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the parties of a match have taken. Both play in this process, one after the other, so the processor time of the whole process while one of them is at work is its
 * own: that of all its threads, of the collector and of the compiler.
 */
final class Costs {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Map<Party, Long> processorNanos = new EnumMap<>(Party.class);
    private final Map<Party, Long> sentBytes = new EnumMap<>(Party.class);

    /** Work of one party. */
    interface Work<T> {
        T done() throws IOException;
    }

    <T> T of(Party party, Work<T> work) throws IOException {
        long before = SYSTEM.getProcessCpuTime();
        T result = work.done();
        processorNanos.merge(party, SYSTEM.getProcessCpuTime() - before, Long::sum);
        return result;
    }

    void sent(Party party, long bytes) {
        sentBytes.merge(party, bytes, Long::sum);
    }

    double processorSeconds(Party party) {
        return processorNanos.getOrDefault(party, 0L) / 1e9;
    }

    /** Of both parties. */
    double processorSeconds() {
        return processorSeconds(Party.FIRST) + processorSeconds(Party.SECOND);
    }

    long sentBytes(Party party) {
        return sentBytes.getOrDefault(party, 0L);
    }

    /** Processor time of this process until now. */
    static double processSeconds() {
        return SYSTEM.getProcessCpuTime() / 1e9;
    }

    /** The greatest resident size of this process until now, mapped files included; empty where the system does not tell. */
    static OptionalDouble peakMebibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return OptionalDouble.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024.0)
                .findFirst();
    }
}
