package org.entente.verification.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Part {@code steps}: what an element costs in each step of the private matching, and beside it libsodium, BouncyCastle and one element at a time, in one
 * process and in turns, so that what slows the machine slows all alike. Rates are of one thread, from its own processor time, but where two cores are said; these are
 * of the clock on the wall. A ratio is taken within each repetition, between neighbours in time, and its median over the repetitions counts.
 */
final class StepRates implements Part {
    private static final int REPETITIONS = 15;
    private static final int REPETITIONS_QUICK = 7;
    private static final int BATCH = 1_024;
    private static final int PROBE = 1_000;
    private static final int PEER_CALLS = 1_000;
    private static final int WARM_UP = 40;
    /** Batches in one measurement of a step. */
    private static final int RUNS = 5;
    /** Batches for each core where cores are compared, a second of work: the start of a thread and the wait for the last batch must not show. */
    private static final int RUNS_OF_CORES = 100;

    private static final double LIST = 1 << 20;
    private static final String MULTIPLY = "scalar multiplication, shared";
    private static final String ENTRY = "index entry";
    private static final String PLAIN = "plain multiplication";
    private static final String BOUNCY = "BouncyCastle Ed25519 multiplication";
    private static final String SODIUM = "libsodium multiplication";
    private static final String SODIUM_ENTRY = "libsodium hash and multiplication";
    private static final String ONE_CORE = "index entry, one core by the clock";
    private static final String TWO_CORES = "index entry, two cores by the clock";

    private static final String MULTIPLICATION_BAR = "multiplication-over-libsodium";
    private static final String ENTRY_BAR = "index-entry-over-libsodium";
    private static final String CORES_BAR = "two-cores-over-one";
    private static final String PLAIN_BAR = "plain-over-bouncycastle";
    private static final Bar.Goal MULTIPLICATION_GOAL = new Bar.Goal(5, "x", Bar.Better.HIGHER);
    private static final Bar.Goal ENTRY_GOAL = new Bar.Goal(4.5, "x", Bar.Better.HIGHER);
    private static final Bar.Goal CORES_GOAL = new Bar.Goal(1.85, "x", Bar.Better.HIGHER);
    private static final Bar.Goal PLAIN_GOAL = new Bar.Goal(0.5, "x", Bar.Better.HIGHER);

    private final SeriesBook book = new SeriesBook();
    private final SecureRandom random = new SecureRandom();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public Set<String> names() {
        return Set.of("steps");
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) throws InterruptedException {
        int repetitions = extent.quick() ? REPETITIONS_QUICK : REPETITIONS;
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
        return new Benchmark.Measured(book.all(), bars(sodium.isPresent()));
    }

    private void rate(String name, int count, Runnable work) {
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long begun = threads.getCurrentThreadCpuTime();
        work.run();
        book.of(name, "/s").add(count * 1e9 / (threads.getCurrentThreadCpuTime() - begun));
        if (name.equals(MULTIPLY)) {
            book.of("bytes allocated by it", "B")
                    .add((threads.getCurrentThreadAllocatedBytes() - allocated) / (double) count);
        }
    }

    /** Both parties' work for one probe of a thousand, without network and index. */
    private void probe(MatchingSteps probe) {
        long begun = System.nanoTime();
        probe.whole();
        book.of("probe of 1000, both parties", "ms").add((System.nanoTime() - begun) / 1e6);
    }

    /** One thread before and after two, which take batches from one heap as those of the index builder do, so that neither waits for the slower core. */
    private void cores(MatchingSteps steps) throws InterruptedException {
        long alone = clock(() -> repeat(RUNS_OF_CORES / 2, steps::entries));
        AtomicInteger left = new AtomicInteger(2 * RUNS_OF_CORES);
        Runnable share = () -> {
            while (left.getAndDecrement() > 0) {
                steps.entries();
            }
        };
        long begun = System.nanoTime();
        Thread other = new Thread(share);
        other.start();
        share.run();
        other.join();
        book.of(TWO_CORES, "/s").add(2 * RUNS_OF_CORES * BATCH * 1e9 / (System.nanoTime() - begun));
        alone += clock(() -> repeat(RUNS_OF_CORES / 2, steps::entries));
        book.of(ONE_CORE, "/s").add(RUNS_OF_CORES * BATCH * 1e9 / alone);
    }

    private static long clock(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return System.nanoTime() - begun;
    }

    private static void repeat(int times, Runnable work) {
        for (int n = 0; n < times; n++) {
            work.run();
        }
    }

    private List<Bar> bars(boolean sodium) {
        String absent = "libsodium is not installed";
        double one = LIST
                * (seconds(ENTRY)
                        + seconds("blind")
                        + seconds("encode")
                        + 2 * seconds("decode")
                        + seconds("evaluate and prove")
                        + seconds("verify")
                        + seconds("finish"));
        return List.of(
                sodium
                        ? ratio(MULTIPLICATION_BAR, MULTIPLY, SODIUM, MULTIPLICATION_GOAL)
                        : Bar.unmeasured(MULTIPLICATION_BAR, MULTIPLICATION_GOAL, absent),
                sodium
                        ? ratio(ENTRY_BAR, ENTRY, SODIUM_ENTRY, ENTRY_GOAL)
                        : Bar.unmeasured(ENTRY_BAR, ENTRY_GOAL, absent),
                ratio(CORES_BAR, TWO_CORES, ONE_CORE, CORES_GOAL),
                ratio(PLAIN_BAR, PLAIN, BOUNCY, PLAIN_GOAL),
                ListBars.oneDirection(one, true),
                ListBars.bothDirections(2 * one, true));
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        List<Bar> bars = new ArrayList<>(ListBars.unmeasured(reason));
        bars.add(Bar.unmeasured(MULTIPLICATION_BAR, MULTIPLICATION_GOAL, reason));
        bars.add(Bar.unmeasured(ENTRY_BAR, ENTRY_GOAL, reason));
        bars.add(Bar.unmeasured(CORES_BAR, CORES_GOAL, reason));
        bars.add(Bar.unmeasured(PLAIN_BAR, PLAIN_GOAL, reason));
        return bars;
    }

    private double seconds(String name) {
        return 1 / book.of(name, "/s").median();
    }

    private Bar ratio(String name, String ours, String theirs, Bar.Goal goal) {
        return Bar.measured(
                name, book.of(ours, "/s").over(book.of(theirs, "/s")).median(), goal, false);
    }
}
