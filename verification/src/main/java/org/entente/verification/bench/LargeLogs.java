package org.entente.verification.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.node.database.Database;
import org.entente.node.database.DatabaseUnavailable;
import org.entente.node.database.StartProgress;
import org.entente.node.home.Stoppage;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Sequencer;
import org.entente.node.party.Parties;
import org.entente.node.tile.LogTiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Part {@code logs}: a log of a million entries in the node's own PostgreSQL and one of ten million as tiles alone: deriving
 * all tiles, opening, the checkpoint after one more entry, proofs, and what an entry takes of the disk. Entries are invented: their ids
 * are digests of their places.
 */
final class LargeLogs implements Part {
    private static final int MILLION = 1_000_000;
    private static final int MILLION_QUICK = 100_000;
    private static final int TEN = 10;
    private static final int OPENINGS = 9;
    private static final int CHECKPOINTS = 51;
    private static final int PROOFS = 5_000;
    private static final String PARTNER = "US";

    static final String OPEN_BAR = "open-a-log-of-a-million";
    static final String PROOF_BAR = "inclusion-proof-p99";
    private static final Bar.Goal OPEN_GOAL = new Bar.Goal(1, "s", Bar.Better.LOWER);
    private static final Bar.Goal PROOF_GOAL = new Bar.Goal(1, "ms", Bar.Better.LOWER);

    private final SeriesBook book = new SeriesBook();

    @Override
    public Set<String> names() {
        return Set.of("logs");
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(OPEN_BAR, OPEN_GOAL, reason), Bar.unmeasured(PROOF_BAR, PROOF_GOAL, reason));
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        int size = extent.quick() ? MILLION_QUICK : MILLION;
        String proofs = inDatabase(size, progress);
        String lacking = Folders.lacking(8L << 30);
        if (!extent.quick() && lacking.isEmpty()) {
            asTiles(size * TEN, progress);
        }
        return new Benchmark.Measured(
                book.all(),
                List.of(
                        Bar.measured(OPEN_BAR, book.of(opening(size), "ms").median() / 1e3, OPEN_GOAL, extent.quick()),
                        Bar.measured(PROOF_BAR, book.of(proofs, "ms").median(), PROOF_GOAL, extent.quick())));
    }

    private static String opening(long size) {
        return "a log of " + size + ": opened, with its newest checkpoint";
    }

    private String inDatabase(int size, Benchmark.Progress progress) throws IOException, InterruptedException {
        Path folder = Folders.fresh();
        try {
            BenchParty own = BenchParty.found(folder.resolve("mx"), "MX");
            BenchParty partner = BenchParty.found(folder.resolve("us"), PARTNER);
            try (Database database =
                    Database.openEmbedded(folder.resolve("mx"), DurableAppends.cache(), StartProgress.SILENT)) {
                return inDatabase(database, own, partner, size, folder.resolve("tiles"), progress);
            }
        } catch (DatabaseUnavailable | Malformed refused) {
            throw new BenchmarkFailed("the node's database or its partner was refused: " + refused.getMessage());
        } finally {
            Folders.delete(folder);
        }
    }

    private String inDatabase(
            Database database, BenchParty own, BenchParty partner, int size, Path tiles, Benchmark.Progress progress)
            throws IOException, Malformed {
        JdbcClient sql = database.client();
        new Parties(sql, own.card(), Clock.systemUTC())
                .pin(partner.card(), partner.card().fingerprint().hex(), "127.0.0.1:1");
        Stoppage stoppage = new Stoppage();
        try (Sequencer sequencer = new Sequencer(sql, new JdbcTransactionManager(database.dataSource()), stoppage)) {
            Logs logs = new Logs(sql, sequencer, own.code());
            logs.open(partner.code());
            String origin = logs.origin(partner.code());
            progress.at("inventing " + size + " entries");
            extend(sql, origin, 0, size);
            sql.sql("vacuum analyze leaf").update();
            book.of("a log of " + size + ": leaf and its indices in the database", "B/entry")
                    .add(sql.sql("select pg_total_relation_size('leaf')")
                                    .query(Long.class)
                                    .single()
                            / (double) size);
            Opened opened = new Opened(sql, logs, tiles, own, stoppage);
            progress.at("deriving its tiles");
            long begun = System.nanoTime();
            SignedCheckpoint head = opened.checkpoints().current(origin).orElseThrow();
            book.of("a log of " + size + ": all tiles written and forced, and signed", "s")
                    .add((System.nanoTime() - begun) / 1e9);
            disk(tiles, size);
            for (int n = 0; n < OPENINGS; n++) {
                begun = System.nanoTime();
                opened.checkpoints().current(origin);
                opened.tiles().ask(head.checkpoint(), tree -> tree.root(1));
                book.of(opening(size), "ms").add((System.nanoTime() - begun) / 1e6);
            }
            progress.at("checkpoints");
            Checkpoints growing = opened.checkpoints();
            for (int n = 0; n < CHECKPOINTS; n++) {
                extend(sql, origin, size + n, size + n + 1);
                begun = System.nanoTime();
                growing.current(origin);
                book.of("a log of " + size + ": tiles and checkpoint after one more entry", "ms")
                        .add((System.nanoTime() - begun) / 1e6);
            }
            return proofs(growing.newest(origin).orElseThrow().checkpoint(), opened.tiles());
        }
    }

    /** As a node has them when it starts. */
    private record Opened(JdbcClient sql, Logs logs, Path folder, BenchParty own, Stoppage stoppage) {
        LogTiles tiles() {
            return new LogTiles(folder, logs, stoppage);
        }

        Checkpoints checkpoints() {
            return new Checkpoints(
                    sql, logs, tiles(), own.keys().log(), List.of(own.card().logKey()), Clock.systemUTC());
        }
    }

    private static void extend(JdbcClient sql, String origin, int from, int end) {
        sql.sql("""
                        insert into statement
                            (id, outgoing, kind, sender, receiver, stated_at, bytes, recorded_at)
                        select sha256(int4send(n)), true, 'receipt', 'MX', 'US', now(), '', now()
                        from generate_series(?, ?) as n""").params(from, end - 1).update();
        sql.sql(
                        "insert into leaf (origin, position, statement) select ?, n, sha256(int4send(n)) from generate_series(?, ?) as n")
                .params(origin, from, end - 1)
                .update();
        sql.sql("update log set size = ? where origin = ?").params(end, origin).update();
    }

    private static Digest entry(long place) {
        return Digest.of(ByteBuffer.allocate(Integer.BYTES).putInt((int) place).array());
    }

    /** The same entries without a database, in tiles that are not forced. */
    private void asTiles(int size, Benchmark.Progress progress) throws IOException {
        Path folder = Folders.fresh();
        try {
            LogTiles.Leaves leaves = (origin, from, end) ->
                    LongStream.range(from, end).mapToObj(LargeLogs::entry).toList();
            String origin = "entente/log/MX/US/1";
            progress.at("deriving the tiles of " + size + " entries");
            LogTiles tiles = new LogTiles(folder, leaves, new Stoppage());
            long begun = System.nanoTime();
            Checkpoint head = tiles.cover(origin, Optional.empty(), size);
            book.of("a log of " + size + ": all tiles written and forced", "s").add((System.nanoTime() - begun) / 1e9);
            disk(folder, size);
            for (int n = 0; n < OPENINGS; n++) {
                begun = System.nanoTime();
                new LogTiles(folder, leaves, new Stoppage()).cover(origin, Optional.of(head), size);
                book.of("a log of " + size + ": opened", "ms").add((System.nanoTime() - begun) / 1e6);
            }
            for (int n = 1; n <= CHECKPOINTS; n++) {
                begun = System.nanoTime();
                tiles.cover(origin, Optional.of(head), size + n);
                book.of("a log of " + size + ": tiles after one more entry", "ms")
                        .add((System.nanoTime() - begun) / 1e6);
            }
            proofs(head, tiles);
        } finally {
            Folders.delete(folder);
        }
    }

    /** Proofs of entries anywhere, each asked alone, with the tree opened for it; each is verified. */
    private String proofs(Checkpoint head, LogTiles tiles) throws BenchmarkFailed {
        String name = "a log of " + head.size() + ": an inclusion proof, 99 % within";
        Random random = new Random(head.size());
        long[] proving = new long[PROOFS];
        long[] verifying = new long[PROOFS];
        for (int n = 0; n < 2 * PROOFS; n++) {
            long place = random.nextLong(head.size());
            long begun = System.nanoTime();
            InclusionProof proof = tiles.ask(head, tree -> tree.inclusion(place));
            long proved = System.nanoTime();
            boolean holds = proof.verifies(MerkleHash.statementLeaf(entry(place)), head.size(), head.root());
            long verified = System.nanoTime();
            if (!holds) {
                throw new BenchmarkFailed("the proof of entry " + place + " does not hold");
            }
            proving[n % PROOFS] = proved - begun;
            verifying[n % PROOFS] = verified - proved;
        }
        Arrays.sort(proving);
        Arrays.sort(verifying);
        book.of("a log of " + head.size() + ": an inclusion proof, 50 % within", "ms")
                .add(proving[PROOFS / 2] / 1e6);
        book.of(name, "ms").add(proving[PROOFS * 99 / 100] / 1e6);
        book.of("a log of " + head.size() + ": it is verified, 50 % within", "us")
                .add(verifying[PROOFS / 2] / 1e3);
        return name;
    }

    private void disk(Path folder, int size) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            long entries = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
                entries += file.toString().contains("/entries/") ? Files.size(file) : 0;
            }
            book.of("a log of " + size + ": tiles of hashes", "B/entry").add((bytes - entries) / (double) size);
            book.of("a log of " + size + ": bundles of entries", "B/entry").add(entries / (double) size);
        }
    }
}
