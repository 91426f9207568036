package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.ProbeFinding;

/**
 * Builds an index so many times, and asks the last one for a thousand identifiers at a time. Arguments: file for the series, folder, identifiers, repetitions of the build,
 * probes, identifiers of the lists that warm up.
 */
final class IndexProcess {
    private static final int ASKED = 1_000;
    /** Of a probe's identifiers, those that stand in the index. */
    private static final int HITS = ASKED / 2;

    private final SecureRandom random = new SecureRandom();
    private final SeriesBook book;
    private final Path folder;
    private final Benchmark.Progress progress;

    private IndexProcess(SeriesBook book, Path folder, Benchmark.Progress progress) {
        this.book = book;
        this.folder = folder;
        this.progress = progress;
    }

    public static void main(String[] arguments) throws IOException {
        int size = Integer.parseInt(arguments[2]);
        int repetitions = Integer.parseInt(arguments[3]);
        int probes = Integer.parseInt(arguments[4]);
        int warmUp = Integer.parseInt(arguments[5]);
        ChildProcess.play(arguments, (book, folder, progress) -> {
            IndexProcess process = new IndexProcess(book, folder, progress);
            process.warmUp(new PlantedLists(warmUp, warmUp / 2));
            process.run(new PlantedLists(size, size / 2), repetitions, probes);
        });
    }

    private void warmUp(PlantedLists lists) throws IOException {
        progress.at("warming up with " + lists.size() + " x " + lists.size());
        new ListMatch(lists, Party.FIRST, progress).play(folder.resolve("warm-up"), random);
    }

    private void run(PlantedLists lists, int repetitions, int probes) throws IOException {
        for (int n = 1; n <= repetitions; n++) {
            progress.at("build " + n + " of " + repetitions);
            try (IndexHolder holder = new IndexHolder(folder.resolve("index"), random)) {
                build(holder, lists);
                if (n == repetitions && probes > 0) {
                    probe(holder, lists, probes);
                }
            }
        }
    }

    private void build(IndexHolder holder, PlantedLists lists) throws IOException {
        double processor = Costs.processSeconds();
        long begun = System.nanoTime();
        holder.build(lists, Party.FIRST, progress);
        double seconds = (System.nanoTime() - begun) / 1e9;
        book.of(IndexRuns.BUILT, "s").add(seconds);
        book.of("index built, processor time", "s").add(Costs.processSeconds() - processor);
        book.of("index entries, all processors by the clock", "/s").add(lists.size() / seconds);
        book.of("index file", "MiB").add(Files.size(holder.shared()) / 1048576.0);
        Costs.peakMebibytes()
                .ifPresent(peak -> book.of(IndexRuns.RESIDENT, "MiB").add(peak));
    }

    private void probe(IndexHolder holder, PlantedLists lists, int probes) throws IOException {
        progress.at(probes + " probes of " + ASKED);
        for (int n = 0; n < probes; n++) {
            long begun = System.nanoTime();
            try (ListQuerier querier =
                    new ListQuerier(holder.shared(), holder.publicKey(), ListQuerier.Reading.HEADER, random)) {
                book.of("index opened", "ms").add((System.nanoTime() - begun) / 1e6);
                probe(holder, querier, lists, n);
            }
        }
        long begun = System.nanoTime();
        new ListQuerier(holder.shared(), holder.publicKey(), ListQuerier.Reading.WHOLE, random).close();
        book.of("index checked whole", "ms").add((System.nanoTime() - begun) / 1e6);
    }

    /** One probe, each of other identifiers, of an index of which no block was touched before. */
    private void probe(IndexHolder holder, ListQuerier querier, PlantedLists lists, int ordinal) throws IOException {
        int common = ordinal * HITS % (lists.common() - HITS);
        int others = lists.common() + ordinal * HITS % (lists.size() - lists.common() - HITS);
        List<MatchInput> inputs = new ArrayList<>(lists.inputs(Party.SECOND, common, common + HITS));
        inputs.addAll(lists.inputs(Party.SECOND, others, others + ASKED - HITS));
        long begun = System.nanoTime();
        ListQuerier.Question question = querier.ask(inputs);
        byte[] batch = question.bytes();
        byte[] answer = holder.answer(batch, question.ask());
        List<ProbeFinding> findings = querier.finish(question, answer);
        book.of("probe of 1000, both parties, with look-up", "ms").add((System.nanoTime() - begun) / 1e6);
        book.of("probe of 1000, batch", "B").add(batch.length);
        book.of("probe of 1000, answer", "B").add(answer.length);
        PlantedCheck check = new PlantedCheck(lists);
        check.see(findings);
        check.requireExact(ASKED, HITS);
    }
}
