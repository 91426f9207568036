package org.entente.node.comparison;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.Digest;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.index.MatchInput;
import org.entente.matching.index.OwnIndex;
import org.entente.matching.index.SaltKey;
import org.entente.matching.index.StreamedBuild;
import org.entente.matching.index.Workplace;
import org.entente.node.home.DiskSpace;

/**
 * Measures an index of any size apart from the arithmetic, and prints what it measured. Run it alone in a process, with a bounded heap:
 * {@code java -Xmx512m -cp … org.entente.node.comparison.IndexAtScale FOLDER ENTRIES [THREADS]}.
 */
final class IndexAtScale {
    private static final byte[] SALTS = new byte[32];

    private final Path folder;
    private final int entries;
    private final int threads;
    private final StringBuilder figures = new StringBuilder();

    private IndexAtScale(Path folder, int entries, int threads) {
        this.folder = folder;
        this.entries = entries;
        this.threads = threads;
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        int threads = arguments.length > 2
                ? Integer.parseInt(arguments[2])
                : Runtime.getRuntime().availableProcessors();
        System.out.println(measure(Path.of(arguments[0]), Integer.parseInt(arguments[1]), threads));
    }

    /** Builds, opens, looks up and opens leaves; throws when anything is not found or found wrongly. */
    static String measure(Path folder, int entries, int threads) throws IOException, DamagedIndex {
        return new IndexAtScale(folder, entries, threads).run();
    }

    static MatchInput input(int n) {
        return new MatchInput("vin", 1, "V%016d".formatted(n));
    }

    static IndexRecord record(int n) {
        return new IndexRecord(input(n), new Label(7, n & 0xff, false, false, 20_000), "record-" + n);
    }

    static IndexPlan plan() {
        Digest announcement = Digest.sha256(new byte[] {9});
        return new IndexPlan(announcement, 4, 64, 1, Comparator.comparingInt(Label::listStatus));
    }

    private String run() throws IOException, DamagedIndex {
        Path shared = folder.resolve("index");
        Path own = folder.resolve("own");
        build(shared, own);
        figure("shared file", Files.size(shared) / (double) entries, "bytes an identifier");
        figure("own file", Files.size(own) / (double) entries, "bytes an identifier");
        openings(shared, own);
        lookUps(shared);
        figure("resident at most", residentMax() / 1_048_576.0, "MiB");
        return figures.toString();
    }

    private void build(Path shared, Path own) throws IOException {
        long begun = System.nanoTime();
        long processor = processorNanos();
        Path building = folder.resolve("building");
        try (FolderWorkplace place = new FolderWorkplace(building, new DiskSpace(folder, 0));
                ThreadCrew crew = new ThreadCrew(threads)) {
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            BuildPace pace = new BuildPace(
                    entries, InstantSource.system(), Duration.ofSeconds(5), report -> told.add(report.toString()));
            StreamedBuild build =
                    new StreamedBuild(new HashedEvaluation(), SaltKey.restore(SALTS), plan(), place, crew, pace);
            for (int n = 0; n < entries; n++) {
                build.add(record(n));
            }
            figure("runs", (System.nanoTime() - begun) / 1e9, "s");
            StreamedBuild.Finished finished = (StreamedBuild.Finished) build.finish();
            place.publish(Workplace.Part.OWN, own);
            place.publish(Workplace.Part.SHARED, shared);
            if (finished.identifiers() != entries) {
                throw new AssertionError(finished);
            }
            told.forEach(line -> figures.append("  ").append(line).append('\n'));
        }
        FolderWorkplace.delete(building);
        figure("build of " + entries + " with " + threads + " threads", (System.nanoTime() - begun) / 1e9, "s");
        figure("processor time", (processorNanos() - processor) / 1e9, "s");
    }

    private void openings(Path shared, Path own) throws IOException, DamagedIndex {
        MemorySegment sharedBytes = map(shared);
        MemorySegment ownBytes = map(own);
        List<Double> opened = new ArrayList<>();
        List<Double> leaves = new ArrayList<>();
        Random random = new Random(1);
        for (int round = 0; round < 41; round++) {
            long begun = System.nanoTime();
            MatchIndex.reopen(map(shared));
            opened.add((System.nanoTime() - begun) / 1e6);
            OwnIndex index = OwnIndex.open(sharedBytes, ownBytes, SaltKey.restore(SALTS));
            byte[] output = new HashedEvaluation().outputs(List.of(input(random.nextInt(entries))));
            long position = index.index().find(output, 0).orElseThrow();
            begun = System.nanoTime();
            index.open(position);
            leaves.add((System.nanoTime() - begun) / 1e6);
        }
        figure("file opened", median(opened), "ms");
        figure("leaf opened and checked", median(leaves), "ms");
    }

    private void lookUps(Path shared) throws IOException, DamagedIndex {
        MatchIndex index = MatchIndex.reopen(map(shared));
        int count = 200_000;
        Random random = new Random(2);
        byte[] outputs = new HashedEvaluation()
                .outputs(random.ints(count, 0, 2 * entries)
                        .mapToObj(IndexAtScale::input)
                        .toList());
        for (String round : List.of("look-up, blocks not seen before", "look-up", "look-up again")) {
            long begun = System.nanoTime();
            int found = 0;
            for (int n = 0; n < count; n++) {
                found += index.find(outputs, n * HashedEvaluation.OUTPUT_BYTES).isPresent() ? 1 : 0;
            }
            figure(round, (System.nanoTime() - begun) / 1e3 / count, "us");
            if (Math.abs(found - count / 2) > count / 50) {
                throw new AssertionError(found + " of " + count + " were found");
            }
        }
        long begun = System.nanoTime();
        MatchIndex.open(map(shared), 1);
        figure("whole file checked", (System.nanoTime() - begun) / 1e9, "s");
    }

    private static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private void figure(String name, double value, String unit) {
        figures.append("%s: %.4g %s%n".formatted(name, value, unit));
    }

    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    /** The greatest resident size of this process, mapped files included; 0 where the system does not tell. */
    private static long residentMax() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1_024)
                .findFirst()
                .orElse(0);
    }
}
