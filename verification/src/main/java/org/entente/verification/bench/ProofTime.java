package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.verification.memoranda.InventedMemorandum;
import org.entente.verification.memoranda.Shape;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;

/**
 * Part {@code proof}: how long whoever signs waits for {@code memorandum prove} on a memorandum of 40 clauses, 5 parties and 60 authorities: the command itself, by the clock, from its start to its end, on every processor.
 */
final class ProofTime implements Part {
    private static final int REPETITIONS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** It was proved that some promise does not hold: an invented text makes only some of them. */
    private static final int PROVED_OTHERWISE = 1;

    private static final Pattern CASES = Pattern.compile("holds \\((\\d+) cases\\)");

    static final String BAR = "proof-of-forty-clauses";
    private static final Bar.Goal GOAL = new Bar.Goal(60, "s", Bar.Better.LOWER);
    private static final String WAITED = "a proof, by the clock";

    private final SeriesBook book = new SeriesBook();

    @Override
    public Set<String> names() {
        return Set.of("proof");
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        Path folder = Folders.fresh();
        try {
            Path file = folder.resolve("memorandum.yaml");
            Files.writeString(
                    file, InventedMemorandum.of(Shape.USUAL, DecisionRates.SEED).yaml());
            int repetitions = extent.quick() ? 1 : REPETITIONS;
            for (int n = 1; n <= repetitions; n++) {
                progress.at("proof, repetition " + n + " of " + repetitions);
                prove(file);
            }
        } finally {
            Folders.delete(folder);
        }
        return new Benchmark.Measured(
                book.all(), List.of(Bar.measured(BAR, book.of(WAITED, "s").median(), GOAL, false)));
    }

    private void prove(Path file) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Entente.Ended ended =
                new Entente(Repository.find()).run(LIMIT, "memorandum", "prove", file, "--language", "en");
        double seconds = (System.nanoTime() - begin) / 1e9;
        Matcher cases = CASES.matcher(ended.output());
        if (ended.exit() > PROVED_OTHERWISE || !cases.find()) {
            throw new BenchmarkFailed("the proof ended with " + ended.exit() + ": " + ended.errors());
        }
        book.of(WAITED, "s").add(seconds);
        book.of("cases put to the engine", "").add(Double.parseDouble(cases.group(1)));
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(BAR, GOAL, reason));
    }
}
