package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import org.entente.matching.group.Element;
import org.entente.matching.index.Digest;
import org.entente.matching.index.IndexEvaluation;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.Label;
import org.entente.matching.index.SaltKey;
import org.entente.matching.index.StreamedBuild;
import org.entente.matching.index.Workplace;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.probe.ChargeCheck;
import org.entente.matching.probe.ChargedBatch;
import org.entente.matching.probe.MalformedBatch;
import org.entente.matching.probe.ProbeBatch;
import org.entente.node.comparison.BuildPace;
import org.entente.node.comparison.FolderWorkplace;
import org.entente.node.comparison.ThreadCrew;
import org.entente.node.home.DiskSpace;

/** Who has the key: builds the index of its list in a folder as a node does, with every processor, and answers batches. */
final class IndexHolder implements AutoCloseable {
    /** What the files of a build take for each identifier at once, its runs included, and some more. */
    private static final long DISK_BYTES = 160;

    private static final int PADDING_STEP = 64;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Path folder;
    private final SecureRandom random;
    private final EpochKey key;

    /** The folder is made; it MUST not exist. */
    IndexHolder(Path folder, SecureRandom random) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.random = random;
        this.key = EpochKey.generate(random);
    }

    /** What the disk must have for an index of so many identifiers. */
    static long diskBytes(long identifiers) {
        return identifiers * DISK_BYTES;
    }

    /** Builds, and gives the files their names after they were forced to the disk. */
    void build(PlantedLists lists, Party party, Benchmark.Progress progress) throws IOException {
        Path building = folder.resolve("building");
        Digest announcement = Digest.sha256(key.publicKey().encode());
        IndexPlan plan = new IndexPlan(announcement, 1, PADDING_STEP, 1, Comparator.comparingInt(Label::listStatus));
        Pace told = new Pace(progress);
        BuildPace pace =
                new BuildPace(lists.size(), InstantSource.system(), PAUSE, report -> told.at("index: " + report));
        try (FolderWorkplace place = new FolderWorkplace(building, new DiskSpace(folder, 0));
                ThreadCrew crew = new ThreadCrew(Runtime.getRuntime().availableProcessors())) {
            StreamedBuild build =
                    new StreamedBuild(IndexEvaluation.by(key), SaltKey.generate(random), plan, place, crew, pace);
            for (int n = 0; n < lists.size(); n++) {
                build.add(lists.record(party, n));
            }
            if (!(build.finish() instanceof StreamedBuild.Finished finished)
                    || finished.identifiers() != lists.size()) {
                throw new BenchmarkFailed(
                        "the index does not hold the " + lists.size() + " identifiers that were put into it.");
            }
            place.publish(Workplace.Part.OWN, folder.resolve("own"));
            place.publish(Workplace.Part.SHARED, shared());
        }
        FolderWorkplace.delete(building);
    }

    /** The file that the partner gets. */
    Path shared() {
        return folder.resolve("shared");
    }

    /** As it was announced. */
    Element publicKey() {
        return key.publicKey();
    }

    /** Checks, evaluates and proves a batch. */
    byte[] answer(byte[] batchBytes, Digest ask) throws BenchmarkFailed {
        try {
            ProbeBatch batch = ProbeBatch.parse(batchBytes);
            return switch (batch.charged(batch.due())) {
                case ChargedBatch charged -> charged.evaluate(key, ask, random);
                case ChargeCheck.Uncharged refused -> throw new IllegalStateException("a batch was charged as due");
            };
        } catch (MalformedBatch malformed) {
            throw new BenchmarkFailed("the holder could not read a batch: " + malformed.reason());
        }
    }

    /** Destroys the key and deletes the files. */
    @Override
    public void close() throws IOException {
        key.destroy();
        Folders.delete(folder);
    }
}
