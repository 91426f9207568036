package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Compares two whole lists, first in one direction and then in the other, so many times, in this process. Arguments: file for the series, folder, identifiers of each list,
 * repetitions, identifiers of the lists that warm up.
 */
final class WholeRunProcess {
    /** One identifier in so many stands in both lists. */
    private static final int COMMON = 8;

    private final SecureRandom random = new SecureRandom();
    private final SeriesBook book;
    private final Path folder;
    private final Benchmark.Progress progress;

    private WholeRunProcess(SeriesBook book, Path folder, Benchmark.Progress progress) {
        this.book = book;
        this.folder = folder;
        this.progress = progress;
    }

    public static void main(String[] arguments) throws IOException {
        int size = Integer.parseInt(arguments[2]);
        int repetitions = Integer.parseInt(arguments[3]);
        int warmUp = Integer.parseInt(arguments[4]);
        ChildProcess.play(
                arguments,
                (book, folder, progress) ->
                        new WholeRunProcess(book, folder, progress).run(lists(size), repetitions, lists(warmUp)));
    }

    private static PlantedLists lists(int size) {
        return new PlantedLists(size, size / COMMON);
    }

    private void run(PlantedLists lists, int repetitions, PlantedLists warmUp) throws IOException {
        progress.at("warming up with " + warmUp.size() + " x " + warmUp.size());
        play(warmUp, Party.FIRST);
        play(warmUp, Party.SECOND);
        book.of("warm-up, processor time", "s").add(Costs.processSeconds());
        for (int n = 1; n <= repetitions; n++) {
            progress.at("repetition " + n + " of " + repetitions);
            repeat(lists);
        }
    }

    private void repeat(PlantedLists lists) throws IOException {
        long begun = System.nanoTime();
        ListMatch one = play(lists, Party.FIRST);
        tell("one direction, ", begun);
        book.of("one direction, processor time of the holder", "s")
                .add(one.costs().processorSeconds(Party.FIRST));
        book.of("one direction, processor time of the querier", "s")
                .add(one.costs().processorSeconds(Party.SECOND));
        book.of(WholeRuns.ONE, "s").add(one.costs().processorSeconds());
        book.of("one direction, index and answers", "B")
                .add((double) one.costs().sentBytes(Party.FIRST));
        book.of("one direction, batches", "B").add((double) one.costs().sentBytes(Party.SECOND));
        built(one, lists);
        ListMatch other = play(lists, Party.SECOND);
        tell("both directions, ", begun);
        for (Party party : Party.values()) {
            book.of("both directions, processor time of the " + party.word() + " party", "s")
                    .add(one.costs().processorSeconds(party) + other.costs().processorSeconds(party));
            book.of("both directions, sent by the " + party.word() + " party", "B")
                    .add((double) one.costs().sentBytes(party) + other.costs().sentBytes(party));
        }
        book.of(WholeRuns.BOTH, "s")
                .add(one.costs().processorSeconds() + other.costs().processorSeconds());
        built(other, lists);
    }

    private ListMatch play(PlantedLists lists, Party holding) throws IOException {
        ListMatch match = new ListMatch(lists, holding, progress);
        match.play(folder.resolve(holding.word()), random);
        return match;
    }

    private void tell(String directions, long begun) throws IOException {
        book.of(directions + "by the clock", "s").add((System.nanoTime() - begun) / 1e9);
        Costs.peakMebibytes()
                .ifPresent(peak ->
                        book.of(directions + "peak memory until then", "MiB").add(peak));
    }

    private void built(ListMatch match, PlantedLists lists) {
        book.of("index built, by the clock", "s").add(match.buildSeconds());
        book.of("index built, processor time", "s").add(match.buildProcessorSeconds());
        book.of("index entries, by the clock", "/s").add(lists.size() / match.buildSeconds());
    }
}
