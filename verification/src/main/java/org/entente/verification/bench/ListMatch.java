package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.ProbeFinding;

/**
 * Two whole lists compared in one direction: one party builds its index in a folder and answers, the other opens it and asks for all of its own list. Nothing
 * passes between them but the bytes of index, batches and answers. Threads: the index takes every processor, a batch one.
 */
final class ListMatch {
    private final PlantedLists lists;
    private final Party holding;
    private final Costs costs = new Costs();
    private final Benchmark.Progress progress;
    private double buildSeconds;
    private double buildProcessorSeconds;

    ListMatch(PlantedLists lists, Party holding, Benchmark.Progress progress) {
        this.lists = lists;
        this.holding = holding;
        this.progress = progress;
    }

    /** Plays it; ends only when exactly what was planted was found. */
    void play(Path folder, SecureRandom random) throws IOException {
        try (IndexHolder holder = costs.of(holding, () -> new IndexHolder(folder, random))) {
            long begun = System.nanoTime();
            costs.of(holding, () -> {
                holder.build(lists, holding, progress);
                return holder;
            });
            buildSeconds = (System.nanoTime() - begun) / 1e9;
            buildProcessorSeconds = costs.processorSeconds(holding);
            costs.sent(holding, Files.size(holder.shared()));
            Party asking = holding.other();
            try (ListQuerier querier = costs.of(
                    asking,
                    () -> new ListQuerier(holder.shared(), holder.publicKey(), ListQuerier.Reading.WHOLE, random))) {
                compare(holder, querier);
            }
        }
    }

    private void compare(IndexHolder holder, ListQuerier querier) throws IOException {
        Party asking = holding.other();
        PlantedCheck check = new PlantedCheck(lists);
        Pace pace = new Pace(progress);
        for (int from = 0; from < lists.size(); from += ListQuerier.BATCH_ELEMENTS) {
            int to = Math.min(lists.size(), from + ListQuerier.BATCH_ELEMENTS);
            List<MatchInput> inputs = lists.inputs(asking, from, to);
            ListQuerier.Question question = costs.of(asking, () -> querier.ask(inputs));
            byte[] batch = question.bytes();
            costs.sent(asking, batch.length);
            byte[] answer = costs.of(holding, () -> holder.answer(batch, question.ask()));
            costs.sent(holding, answer.length);
            List<ProbeFinding> findings = costs.of(asking, () -> querier.finish(question, answer));
            check.see(findings);
            pace.at("asked for " + to + " of " + lists.size());
        }
        check.requireExact(lists.size(), lists.common());
    }

    Costs costs() {
        return costs;
    }

    /** By the clock. */
    double buildSeconds() {
        return buildSeconds;
    }

    double buildProcessorSeconds() {
        return buildProcessorSeconds;
    }
}
