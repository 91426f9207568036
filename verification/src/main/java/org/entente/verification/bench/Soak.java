package org.entente.verification.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.entente.verification.pair.NodeAtWork;
import org.entente.verification.pair.Pair;

/**
 * Statements for long, prepared and said in rounds, while what both nodes' processes have resident is sampled. How much it
 * has grown is the median of the last quarter over that of the second: the first is the nodes' way to their size.
 */
final class Soak {
    private static final int ROUND = 2_000;
    private static final int HANDS = 16;
    private static final long SAMPLE_MILLIS = 1_000;

    private final Pair pair;
    private final Duration length;
    private final int bytes;

    Soak(Pair pair, Duration length, int bytes) {
        this.pair = pair;
        this.length = length;
        this.bytes = bytes;
    }

    /** How much the node that grew more has grown, in percent. */
    double run(SeriesBook book, Benchmark.Progress progress) throws IOException, InterruptedException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<Map<String, List<Double>>> samples = new CompletableFuture<>();
        Thread sampler = Thread.ofPlatform().name("resident").start(() -> sample(over, samples));
        long end = System.nanoTime() + length.toNanos();
        long said = 0;
        try {
            for (int round = 1; System.nanoTime() < end; round++) {
                progress.at("soak, round " + round + ", " + said + " statements");
                Sayings.Receipted done = Sayings.requests(pair, ROUND, bytes).atATime(HANDS);
                said += done.size();
                book.of("soak: " + HANDS + " at a time", "/s").add(done.size() / done.seconds());
                book.of("soak: receipted, 99 % within", "ms").add(done.millisWithin(0.99));
            }
        } finally {
            over.complete(null);
            sampler.join();
        }
        book.of("soak: statements", "").add((double) said);
        double worst = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, List<Double>> one : samples.join().entrySet()) {
            Series all = book.of("soak: resident, " + one.getKey(), "MiB");
            one.getValue().forEach(all::add);
            worst = Math.max(worst, grown(one.getValue()));
        }
        return worst;
    }

    private static double grown(List<Double> samples) {
        int quarter = samples.size() / 4;
        double second = median(samples.subList(quarter, 2 * quarter));
        double last = median(samples.subList(3 * quarter, samples.size()));
        return (last / second - 1) * 100;
    }

    private static double median(List<Double> values) {
        Series series = new Series("", "");
        values.forEach(series::add);
        return series.median();
    }

    private void sample(CompletableFuture<Void> over, CompletableFuture<Map<String, List<Double>>> samples) {
        Map<String, List<Double>> all = new HashMap<>();
        try {
            while (!over.isDone()) {
                for (NodeAtWork node : pair.both()) {
                    all.computeIfAbsent("node " + node.party(), absent -> new ArrayList<>())
                            .add(Consumption.residentMebibytes(node.pid()));
                }
                Thread.sleep(SAMPLE_MILLIS);
            }
            samples.complete(all);
        } catch (IOException | InterruptedException failed) {
            samples.completeExceptionally(failed);
        }
    }
}
