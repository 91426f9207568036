package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.entente.verification.pair.NodeAtWork;
import org.entente.verification.pair.Pair;

/**
 * Two nodes in processes of their own, each with its own PostgreSQL, over mutual TLS on this machine. The business
 * statement is a request for a record: approved by an officer, signed with both algorithms, with its facts in a body that
 * is sealed to the authority that is asked, decided about at both ends, durable at both, and receipted. A statement counts
 * when its receipt is committed at the node that said it; receipts are not counted. The node that says it prepares it and
 * seals its body beforehand, and the officer signs it then: what is timed begins when the approval is handed in.
 */
final class ExchangeBenchmark implements Benchmark {
    private static final String RATE = "rate";
    private static final String SWEEP = "sweep";
    private static final String SOAK = "soak";
    private static final String BODY = "body";

    /** A little more than the bar, so that the last receipt's way does not take the rate below it. */
    private static final double OFFERED = 306;

    private static final int SECONDS = 60;
    private static final int SECONDS_QUICK = 6;
    private static final int PROFILED_SECONDS = 20;
    private static final int WARM_UP = 2_000;
    private static final int WARM_UP_QUICK = 300;
    private static final int WARM_UP_HANDS = 32;
    private static final int FACTS_BYTES = 400;
    private static final int FACTS_BYTES_MAX = 4_000;
    private static final int[] AT_A_TIME = {1, 4, 16, 64};
    private static final int SWEPT_EACH = 64;
    private static final int SWEPT_EACH_MAX = 1_200;
    private static final int REPETITIONS = 3;

    private static final Bar.Goal RATE_GOAL = new Bar.Goal(300, "/s", Bar.Better.HIGHER);
    private static final Bar.Goal WITHIN_GOAL = new Bar.Goal(250, "ms", Bar.Better.LOWER);
    private static final Bar.Goal MEMORY_GOAL = new Bar.Goal(5, "%", Bar.Better.LOWER);
    private static final String RATE_BAR = "receipted-statements-at-a-fixed-rate";
    private static final String WITHIN_BAR = "receipt-99-percent-within";
    private static final String MEMORY_BAR = "resident-memory-grows-in-a-soak";

    /** A heap that two nodes and their databases have room for on a small machine. */
    private static final List<String> FLAGS = List.of("-Xmx512m", "--add-modules=jdk.incubator.vector");

    private final SeriesBook book = new SeriesBook();
    private final BodyTransfer body = new BodyTransfer();

    @Override
    public String name() {
        return "exchange";
    }

    @Override
    public String about() {
        return "two nodes over mutual TLS: receipted statements at a fixed rate, so many at a time, by body, and for long; a body of 2 GiB";
    }

    @Override
    public Set<String> parts() {
        return Set.of(RATE, SWEEP, SOAK, BODY);
    }

    @Override
    public Measured measure(Extent extent, Progress progress) throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>(statements(extent, progress));
        List<Series> series = new ArrayList<>(book.all());
        if (extent.wants(BODY)) {
            Measured brought = body.measure(extent, progress);
            series.addAll(brought.raw());
            bars.addAll(brought.bars());
        } else {
            bars.addAll(body.unmeasured(Extent.LEFT_OUT));
        }
        return new Measured(series, bars);
    }

    private List<Bar> statements(Extent extent, Progress progress) throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>();
        if (!extent.wants(RATE) && !extent.wants(SWEEP) && !extent.wants(SOAK)) {
            bars.addAll(unmeasuredRate());
            bars.add(Bar.unmeasured(MEMORY_BAR, MEMORY_GOAL, Extent.LEFT_OUT));
            return bars;
        }
        Path folder = Folders.fresh();
        progress.at("founding two nodes");
        try (Pair pair = Pair.found(folder, FLAGS)) {
            progress.at("warming up");
            Sayings.requests(pair, extent.quick() ? WARM_UP_QUICK : WARM_UP, FACTS_BYTES)
                    .atATime(WARM_UP_HANDS);
            if (extent.wants(SWEEP) && !extent.quick()) {
                sweep(pair, progress);
            }
            bars.addAll(extent.wants(RATE) ? rate(pair, folder, extent, progress) : unmeasuredRate());
            bars.add(soak(pair, extent, progress));
        } finally {
            Folders.delete(folder);
        }
        return bars;
    }

    private static List<Bar> unmeasuredRate() {
        return List.of(
                Bar.unmeasured(RATE_BAR, RATE_GOAL, Extent.LEFT_OUT),
                Bar.unmeasured(WITHIN_BAR, WITHIN_GOAL, Extent.LEFT_OUT));
    }

    private void sweep(Pair pair, Progress progress) throws IOException, InterruptedException {
        for (int many : AT_A_TIME) {
            int count = Math.min(SWEPT_EACH_MAX, many * SWEPT_EACH);
            for (int n = 1; n <= REPETITIONS; n++) {
                progress.at(many + " at a time, repetition " + n + " of " + REPETITIONS);
                List<String> said = swept(Sayings.requests(pair, count, FACTS_BYTES), many, FACTS_BYTES + " B");
                swept(Sayings.requests(pair, count, FACTS_BYTES_MAX), many, FACTS_BYTES_MAX + " B");
                swept(Sayings.verdicts(pair, said), many, "none");
            }
        }
    }

    private List<String> swept(Sayings sayings, int many, String body) throws IOException, InterruptedException {
        Sayings.Receipted done = sayings.atATime(many);
        String name = many + " at a time, body " + body;
        book.of(name, "/s").add(done.size() / done.seconds());
        book.of(name + ": receipted, 50 % within", "ms").add(done.millisWithin(0.50));
        book.of(name + ": receipted, 99 % within", "ms").add(done.millisWithin(0.99));
        return done.statements();
    }

    private List<Bar> rate(Pair pair, Path folder, Extent extent, Progress progress)
            throws IOException, InterruptedException {
        int seconds = extent.quick() ? SECONDS_QUICK : SECONDS;
        progress.at("preparing statements for " + seconds + " s");
        Consumption before = Consumption.now(pair);
        Sayings sayings = Sayings.requests(pair, (int) (OFFERED * seconds), FACTS_BYTES);
        consumed("to prepare one, ", Consumption.now(pair).since(before), OFFERED * seconds);
        progress.at("saying them, " + (int) OFFERED + " a second");
        Consumption begun = Consumption.now(pair);
        Sayings.Receipted done = sayings.atRate(OFFERED);
        consumed("of one statement, ", Consumption.now(pair).since(begun), done.size());
        book.of("at a fixed rate", "/s").add(done.size() / done.seconds());
        for (double share : new double[] {0.50, 0.90, 0.99, 0.999}) {
            book.of("at a fixed rate: receipted, " + share * 100 + " % within", "ms")
                    .add(done.millisWithin(share));
        }
        if (!extent.quick()) {
            profile(pair, folder, progress);
        }
        return List.of(
                Bar.measured(RATE_BAR, done.size() / done.seconds(), RATE_GOAL, extent.quick()),
                Bar.measured(WITHIN_BAR, done.millisWithin(0.99), WITHIN_GOAL, extent.quick()));
    }

    private void consumed(String what, Map<String, Double> seconds, double statements) {
        double nodes = 0;
        for (Map.Entry<String, Double> one : seconds.entrySet()) {
            book.of("processor time " + what + one.getKey(), "ms").add(one.getValue() * 1e3 / statements);
            nodes += one.getKey().equals(Consumption.DRIVER) ? 0 : one.getValue();
        }
        book.of("processor time " + what + "both nodes together", "ms").add(nodes * 1e3 / statements);
    }

    /** Once more for a while, with the flight recorder, which what was measured before did not pay for. */
    private void profile(Pair pair, Path folder, Progress progress) throws IOException, InterruptedException {
        progress.at("once more for " + PROFILED_SECONDS + " s, with a profile");
        Sayings sayings = Sayings.requests(pair, (int) (OFFERED * PROFILED_SECONDS), FACTS_BYTES);
        List<ProcessorProfile> profiles = new ArrayList<>();
        for (NodeAtWork node : pair.both()) {
            profiles.add(ProcessorProfile.begin(node.pid(), folder.resolve(node.party() + ".jfr")));
        }
        sayings.atRate(OFFERED);
        for (NodeAtWork node : pair.both()) {
            Map<String, Double> shares =
                    new TreeMap<>(profiles.get(pair.both().indexOf(node)).shares());
            shares.forEach((part, share) ->
                    book.of("node " + node.party() + ", " + part, "%").add(share * 100));
        }
    }

    /** Statement after statement for so long; what the nodes have resident is looked at each second. */
    private Bar soak(Pair pair, Extent extent, Progress progress) throws IOException, InterruptedException {
        if (extent.soakMinutes() == 0) {
            return Bar.unmeasured(MEMORY_BAR, MEMORY_GOAL, "measured with --soak MINUTES");
        }
        Soak soak = new Soak(pair, Duration.ofMinutes(extent.soakMinutes()), FACTS_BYTES);
        double grown = soak.run(book, progress);
        return Bar.measured(MEMORY_BAR, grown, MEMORY_GOAL, false);
    }
}
