package org.entente.verification.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.body.BodyIdentity;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.body.VerifiedBody;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.delivery.BodyCarrier;
import org.entente.node.delivery.BodyDesk;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Stoppage;
import org.entente.node.link.LinkIdentity;
import org.entente.node.link.LinkUnavailable;
import org.entente.node.link.Peer;
import org.entente.node.link.PeerClient;
import org.entente.node.link.PeerLimits;
import org.entente.node.link.PeerListener;
import org.entente.node.link.PeerReply;
import org.entente.node.link.PeerRequest;
import org.entente.node.link.PeerRoute;
import org.entente.node.party.Share;

/**
 * Part {@code body}: a body of 2 GiB is sealed, carried over mutual TLS to another folder piece by piece, each forced, and opened there.
 * Sender and receiver run in this process, with what a node has for it: the same client, listener, desk and files, so both share the
 * processors. Memory is what lives beyond what lived before, found by collecting again and again while a shorter body goes the same way.
 */
final class BodyTransfer implements Part {
    private static final long BYTES = 1L << 31;
    private static final long BYTES_QUICK = 1L << 28;
    private static final long BYTES_FOR_MEMORY = 1L << 29;
    private static final int REPETITIONS = 5;
    private static final int REPETITIONS_QUICK = 2;
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final String RATE = "a body of 2 GiB from node to node";
    private static final String MEMORY = "a body of 2 GiB from node to node: memory beyond the usual";
    private static final String RATE_BAR = "large-body-from-node-to-node";
    private static final String MEMORY_BAR = "large-body-memory";
    private static final Bar.Goal RATE_GOAL = new Bar.Goal(150, "MB/s", Bar.Better.HIGHER);
    private static final Bar.Goal MEMORY_GOAL = new Bar.Goal(64, "MiB", Bar.Better.LOWER);

    private final SeriesBook book = new SeriesBook();
    private final SecureRandom random = new SecureRandom();
    private final LinkIdentity sender = LinkIdentity.generate("US", Instant.EPOCH, random);
    private final LinkIdentity receiver = LinkIdentity.generate("MX", Instant.EPOCH, random);
    private final BodyIdentity reader = BodyIdentity.generate(random);

    @Override
    public Set<String> names() {
        return Set.of("body");
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(RATE_BAR, RATE_GOAL, reason), Bar.unmeasured(MEMORY_BAR, MEMORY_GOAL, reason));
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        long bytes = extent.quick() ? BYTES_QUICK : BYTES;
        String lacking = Folders.lacking(3 * bytes);
        if (!lacking.isEmpty()) {
            return new Benchmark.Measured(List.of(), unmeasured(lacking));
        }
        double memory;
        try {
            for (int n = 0; n < (extent.quick() ? REPETITIONS_QUICK : REPETITIONS); n++) {
                progress.at("body " + (n + 1));
                once(bytes, Optional.of(book));
            }
            progress.at("memory");
            memory = memory(Math.min(bytes, BYTES_FOR_MEMORY));
        } catch (Malformed | LinkUnavailable | BodyCarrier.NotCarried failed) {
            throw new BenchmarkFailed("a body was not carried: " + failed);
        }
        Series rate = book.of(RATE, "MB/s");
        book.of(MEMORY, "MiB").add(memory);
        return new Benchmark.Measured(
                book.all(),
                List.of(
                        Bar.measured(RATE_BAR, rate.median(), RATE_GOAL, extent.quick()),
                        Bar.measured(MEMORY_BAR, memory, MEMORY_GOAL, extent.quick())));
    }

    /** A body goes the whole way, in folders of its own. */
    private void once(long bytes, Optional<SeriesBook> noted)
            throws IOException, InterruptedException, Malformed, LinkUnavailable, BodyCarrier.NotCarried {
        Path folder = Folders.fresh();
        try {
            BodyFiles sending = files(folder.resolve("sender"));
            BodyFiles receiving = files(folder.resolve("receiver"));
            long begun = System.nanoTime();
            BodyReference body = sending.seal(
                    ciphertext -> SealedBody.seal(new Noise(bytes), ciphertext, List.of(reader.recipient()), random));
            note(noted, "a body of 2 GiB: sealed and kept", bytes, begun);
            carry(sending, receiving, body, bytes, noted);
            long arrived = System.nanoTime();
            VerifiedBody opened = VerifiedBody.of(() -> receiving.open(body.ciphertext(), 0), body, List.of(reader));
            note(noted, "a body of 2 GiB: verified", bytes, arrived);
            if (opened.contentBytes() != bytes) {
                throw new BenchmarkFailed("another content arrived");
            }
            long verified = System.nanoTime();
            opened.writeTo(OutputStream.nullOutputStream());
            note(noted, "a body of 2 GiB: read out", bytes, verified);
        } finally {
            Folders.delete(folder);
        }
    }

    private void carry(
            BodyFiles sending, BodyFiles receiving, BodyReference body, long bytes, Optional<SeriesBook> noted)
            throws IOException, Malformed, LinkUnavailable, BodyCarrier.NotCarried {
        BodyDesk desk = new BodyDesk(receiving, Share.UNBOUNDED, partner -> {});
        try (PeerListener listener = PeerListener.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        receiver,
                        certificate ->
                                certificate.equals(sender.certificateDigest()) ? Optional.of("US") : Optional.empty(),
                        List.of(
                                new PeerRoute(
                                        "PUT",
                                        BodyDesk.ROUTE,
                                        desk.bytesMax(),
                                        request -> answered(desk::bring, request)),
                                new PeerRoute("GET", BodyDesk.ROUTE, 0, request -> answered(desk::standing, request))),
                        PeerLimits.USUAL);
                PeerClient client = new PeerClient(sender)) {
            Peer peer = new Peer(
                    "MX", URI.create("https://127.0.0.1:" + listener.port()), Set.of(receiver.certificateDigest()));
            long begun = System.nanoTime();
            if (!new BodyCarrier(client, sending).carry(peer, body)) {
                throw new BenchmarkFailed("the body was refused");
            }
            note(noted, RATE, bytes, begun);
        }
    }

    private interface Asked {
        PeerReply of(PartyCode partner, PeerRequest request) throws IOException, Malformed;
    }

    private static PeerReply answered(Asked asked, PeerRequest request) throws IOException {
        try {
            return asked.of(new PartyCode(request.party()), request);
        } catch (Malformed refused) {
            throw new IOException(refused);
        }
    }

    private static void note(Optional<SeriesBook> noted, String what, long bytes, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        noted.ifPresent(book -> book.of(what, "MB/s").add(bytes / 1e6 / seconds));
    }

    /** The most that lived while a body went the whole way, beyond what lived before, in MiB. */
    private double memory(long bytes)
            throws IOException, InterruptedException, Malformed, LinkUnavailable, BodyCarrier.NotCarried {
        long before = living();
        CountDownLatch over = new CountDownLatch(1);
        long[] most = {before};
        Thread watching = Thread.ofPlatform().start(() -> {
            try {
                do {
                    most[0] = Math.max(most[0], living());
                } while (!over.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            once(bytes, Optional.empty());
        } finally {
            over.countDown();
            watching.join();
        }
        return (most[0] - before) / (double) (1 << 20);
    }

    private static long living() {
        System.gc();
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + buffers;
    }

    private BodyFiles files(Path folder) throws IOException, Malformed {
        BodyFiles files = new BodyFiles(
                DiskFolder.make(folder.resolve("bodies")),
                BodyKeys.open(DiskFolder.make(folder.resolve("body-keys")), new byte[16], random),
                new DiskSpace(folder, 0),
                new Stoppage());
        files.makeReady();
        return files;
    }

    /** So many bytes that cost next to nothing: one block of noise again and again. */
    private static final class Noise extends InputStream {
        private final byte[] block = new byte[1 << 16];
        private long left;

        private Noise(long bytes) {
            this.left = bytes;
            new Random(1).nextBytes(block);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(left, Math.min(length, block.length));
            System.arraycopy(block, 0, into, offset, count);
            left -= count;
            return count;
        }
    }
}
