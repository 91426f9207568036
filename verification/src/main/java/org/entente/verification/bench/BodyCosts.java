package org.entente.verification.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Stoppage;

/**
 * Part {@code bodies}: what a key for each body costs. Small bodies one after another, as a node keeps, reads and erases them, beside
 * the same bytes as one file that is written, forced and named, as bodies were kept before; then one of 100 MiB. One thread, the disk
 * below the project's own folder.
 */
final class BodyCosts implements Part {
    private static final int SMALL_BYTES = 4 << 10;
    private static final int LARGE_BYTES = 100 << 20;
    private static final int BODIES = 500;
    private static final int BODIES_QUICK = 60;
    private static final int BETWEEN_WORDS = 100;
    private static final int REPETITIONS = 5;
    private static final int REPETITIONS_QUICK = 2;

    private final SeriesBook book = new SeriesBook();
    private final SecureRandom random = new SecureRandom();

    @Override
    public Set<String> names() {
        return Set.of("bodies");
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of();
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) throws IOException {
        Path folder = Folders.fresh();
        try {
            DiskFolder plain = DiskFolder.make(folder.resolve("plain"));
            BodyFiles files = new BodyFiles(
                    DiskFolder.make(folder.resolve("bodies")),
                    BodyKeys.open(DiskFolder.make(folder.resolve("body-keys")), new byte[16], random),
                    new DiskSpace(folder, 0),
                    new Stoppage());
            int bodies = extent.quick() ? BODIES_QUICK : BODIES;
            for (int n = 0; n < bodies; n++) {
                if (n % BETWEEN_WORDS == 0) {
                    progress.at("body " + (n + 1) + " of " + bodies);
                }
                small(files, plain);
            }
            for (int n = 0; n < (extent.quick() ? REPETITIONS_QUICK : REPETITIONS); n++) {
                progress.at("100 MiB");
                large(files);
            }
        } catch (Malformed refused) {
            throw new BenchmarkFailed("a body was refused: " + refused.getMessage());
        } finally {
            Folders.delete(folder);
        }
        return new Benchmark.Measured(book.all(), List.of());
    }

    private interface Step {
        void run() throws IOException, Malformed;
    }

    private static double millis(Step step) throws IOException, Malformed {
        long begun = System.nanoTime();
        step.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    private void small(BodyFiles files, DiskFolder plain) throws IOException, Malformed {
        byte[] body = bytes(SMALL_BYTES);
        Digest digest = Digest.of(body);
        book.of("4 KiB as one plain file: kept", "ms").add(millis(() -> plain.replace(digest.hex(), body)));
        book.of("a body of 4 KiB: kept", "ms").add(millis(() -> files.keep(digest, new ByteArrayInputStream(body))));
        book.of("a body of 4 KiB: read", "ms").add(millis(() -> files.write(digest, OutputStream.nullOutputStream())));
        book.of("a body of 4 KiB: erased", "ms").add(millis(() -> files.erase(digest)));
    }

    private void large(BodyFiles files) throws IOException, Malformed {
        byte[] body = bytes(LARGE_BYTES);
        Digest digest = Digest.of(body);
        book.of("a body of 100 MiB: kept", "s")
                .add(millis(() -> files.keep(digest, new ByteArrayInputStream(body))) / 1e3);
        book.of("a body of 100 MiB: read", "s")
                .add(millis(() -> files.write(digest, OutputStream.nullOutputStream())) / 1e3);
        book.of("a body of 100 MiB: erased", "s").add(millis(() -> files.erase(digest)) / 1e3);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
