package org.entente.verification.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code bench matching}: what an element costs in each step of the private matching, and beside it libsodium, BouncyCastle and one element at a time, in one
 * process and in turns, so that what slows the machine slows all alike. Rates are of one thread, from its own processor time, but where two cores are said; these are
 * of the clock on the wall. A ratio is taken within each repetition, between neighbours in time, and its median over the repetitions counts.
 */
final class MatchingBenchmark implements Benchmark {
    private static final int REPETITIONS = 15;
    private static final int BATCH = 1_024;
    private static final int PROBE = 1_000;
    private static final int PEER_CALLS = 1_000;
    private static final int WARM_UP = 40;
    /** Batches in one measurement of a step. */
    private static final int RUNS = 5;
    /** Batches for each core where cores are compared: the start of a thread must not show. */
    private static final int RUNS_OF_CORES = 20;

    private static final double LIST = 1 << 20;
    private static final String MULTIPLY = "scalar multiplication, shared";
    private static final String ENTRY = "index entry";
    private static final String PLAIN = "plain multiplication";
    private static final String BOUNCY = "BouncyCastle Ed25519 multiplication";
    private static final String SODIUM = "libsodium multiplication";
    private static final String SODIUM_ENTRY = "libsodium hash and multiplication";
    private static final String ONE_CORE = "index entry, one core by the clock";
    private static final String TWO_CORES = "index entry, two cores by the clock";

    private final Map<String, Series> series = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "matching";
    }

    @Override
    public String about() {
        return "private matching: each step of an element, beside libsodium and BouncyCastle";
    }

    @Override
    public Measured measure(boolean quick, Progress progress) throws InterruptedException {
        int repetitions = quick ? 9 : REPETITIONS;
        MatchingSteps steps = new MatchingSteps(BATCH, random);
        MatchingSteps probe = new MatchingSteps(PROBE, random);
        Optional<Sodium> sodium = Sodium.find();
        BouncyPoint bouncy;
        try {
            bouncy = new BouncyPoint();
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("BouncyCastle has changed inside", changed);
        }
        progress.at(sodium.isPresent() ? "libsodium is here" : "libsodium is not installed (Debian: libsodium23)");
        progress.at("warming up");
        for (int n = 0; n < WARM_UP; n++) {
            steps.all(name -> Runnable::run);
            probe.whole();
            bouncy.multiply(PEER_CALLS);
            steps.plain(PEER_CALLS);
        }
        for (int n = 1; n <= repetitions; n++) {
            progress.at("repetition " + n + " of " + repetitions);
            steps.all(name -> work -> {
                // Elements keep their encoding: a second run of that step would measure nothing.
                int runs = name.equals("encode") ? 1 : RUNS;
                rate(name, runs * BATCH, () -> repeat(runs, work));
                sodium.ifPresent(peer -> {
                    switch (name) {
                        case MULTIPLY -> rate(SODIUM, PEER_CALLS, () -> peer.multiply(PEER_CALLS));
                        case ENTRY -> rate(SODIUM_ENTRY, PEER_CALLS, () -> peer.hashAndMultiply(PEER_CALLS));
                        default -> {
                            // Nothing of libsodium's does this alone.
                        }
                    }
                });
            });
            rate(PLAIN, PEER_CALLS, () -> steps.plain(PEER_CALLS));
            rate(BOUNCY, PEER_CALLS, () -> bouncy.multiply(PEER_CALLS));
            probe(probe);
            cores(steps);
        }
        return new Measured(new ArrayList<>(series.values()), bars(sodium.isPresent()));
    }

    private Series of(String name, String unit) {
        return series.computeIfAbsent(name, absent -> new Series(absent, unit));
    }

    private void rate(String name, int count, Runnable work) {
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long begun = threads.getCurrentThreadCpuTime();
        work.run();
        of(name, "/s").add(count * 1e9 / (threads.getCurrentThreadCpuTime() - begun));
        if (name.equals(MULTIPLY)) {
            of("bytes allocated by it", "B")
                    .add((threads.getCurrentThreadAllocatedBytes() - allocated) / (double) count);
        }
    }

    /** Both parties' work for one probe of a thousand, without network and index. */
    private void probe(MatchingSteps probe) {
        long begun = System.nanoTime();
        probe.whole();
        of("probe of 1000, both parties", "ms").add((System.nanoTime() - begun) / 1e6);
    }

    private void cores(MatchingSteps steps) throws InterruptedException {
        Runnable entries = () -> repeat(RUNS_OF_CORES, steps::entries);
        long begun = System.nanoTime();
        entries.run();
        of(ONE_CORE, "/s").add(RUNS_OF_CORES * BATCH * 1e9 / (System.nanoTime() - begun));
        Thread other = new Thread(entries);
        begun = System.nanoTime();
        other.start();
        entries.run();
        other.join();
        of(TWO_CORES, "/s").add(2 * RUNS_OF_CORES * BATCH * 1e9 / (System.nanoTime() - begun));
    }

    private static void repeat(int times, Runnable work) {
        for (int n = 0; n < times; n++) {
            work.run();
        }
    }

    private List<Bar> bars(boolean sodium) {
        List<Bar> bars = new ArrayList<>();
        Bar.Goal multiply = new Bar.Goal(5, "x", Bar.Better.HIGHER);
        Bar.Goal entry = new Bar.Goal(4.5, "x", Bar.Better.HIGHER);
        String absent = "libsodium is not installed";
        bars.add(
                sodium
                        ? ratio("multiplication-over-libsodium", MULTIPLY, SODIUM, multiply)
                        : Bar.unmeasured("multiplication-over-libsodium", multiply, absent));
        bars.add(
                sodium
                        ? ratio("index-entry-over-libsodium", ENTRY, SODIUM_ENTRY, entry)
                        : Bar.unmeasured("index-entry-over-libsodium", entry, absent));
        bars.add(ratio("two-cores-over-one", TWO_CORES, ONE_CORE, new Bar.Goal(1.85, "x", Bar.Better.HIGHER)));
        bars.add(ratio("plain-over-bouncycastle", PLAIN, BOUNCY, new Bar.Goal(0.5, "x", Bar.Better.HIGHER)));
        double one = LIST
                * (seconds(ENTRY)
                        + seconds("blind")
                        + seconds("encode")
                        + 2 * seconds("decode")
                        + seconds("evaluate and prove")
                        + seconds("verify")
                        + seconds("finish"));
        bars.add(Bar.measured("list-2-20-one-direction", one, new Bar.Goal(60, "s", Bar.Better.LOWER), true));
        bars.add(Bar.measured("list-2-20-both-directions", 2 * one, new Bar.Goal(120, "s", Bar.Better.LOWER), true));
        return bars;
    }

    private double seconds(String name) {
        return 1 / of(name, "/s").median();
    }

    private Bar ratio(String name, String ours, String theirs, Bar.Goal goal) {
        return Bar.measured(name, of(ours, "/s").over(of(theirs, "/s")).median(), goal, false);
    }
}
