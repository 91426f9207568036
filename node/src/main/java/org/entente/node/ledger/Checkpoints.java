package org.entente.node.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.tile.BundleAt;
import org.entente.evidence.tile.TileSource;
import org.entente.evidence.tile.TreeTiles;
import org.entente.node.tile.LogTiles;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The signed heads of this node's own logs, derived from committed leaves, and what can be proved under them. A checkpoint is
 * stored before anybody sees it and after its tiles are durable, and the table's key sees to it that no size ever has two.
 */
public final class Checkpoints {
    private final JdbcClient sql;
    private final Logs logs;
    private final LogTiles tiles;
    private final Ed25519SecretKey logKey;
    private final List<Ed25519PublicKey> known;
    private final Clock clock;

    /**
     * Signs with the log key of the card that is in force.
     *
     * @param known the log keys of this party's cards over time, under which stored checkpoints verify
     */
    public Checkpoints(
            JdbcClient sql,
            Logs logs,
            LogTiles tiles,
            Ed25519SecretKey logKey,
            List<Ed25519PublicKey> known,
            Clock clock) {
        this.sql = sql;
        this.logs = logs;
        this.tiles = tiles;
        this.logKey = logKey;
        this.known = List.copyOf(known);
        this.clock = clock;
    }

    /** The checkpoint of everything that is committed in the log; signed and stored now if it was not before. */
    public Optional<SignedCheckpoint> current(String origin) {
        long size = logs.size(origin);
        Optional<SignedCheckpoint> newest = newest(origin);
        if (size == 0 || (newest.isPresent() && newest.get().checkpoint().size() >= size)) {
            return newest;
        }
        Checkpoint covered = tiles.cover(origin, newest.map(SignedCheckpoint::checkpoint), size);
        SignedCheckpoint signed = SignedCheckpoint.sign(covered, logKey);
        sql.sql("""
                        insert into checkpoint (origin, size, root, note, cosigned, written_at)
                        values (?, ?, ?, ?, false, ?) on conflict do nothing""")
                .params(origin, covered.size(), covered.root().bytes(), signed.note(), Timestamp.from(clock.instant()))
                .update();
        Optional<SignedCheckpoint> stored = newest(origin);
        stored.map(SignedCheckpoint::checkpoint).ifPresent(now -> tiles.settle(covered, now));
        return stored;
    }

    /** The largest stored checkpoint of this log. */
    public Optional<SignedCheckpoint> newest(String origin) {
        return sql.sql("select note from checkpoint where origin = ? order by size desc limit 1")
                .param(origin)
                .query(String.class)
                .optional()
                .map(note -> open(note, origin));
    }

    /** The stored checkpoint of this log at this size, which must be there. */
    public SignedCheckpoint at(String origin, long size) {
        return open(
                sql.sql("select note from checkpoint where origin = ? and size = ?")
                        .params(origin, size)
                        .query(String.class)
                        .single(),
                origin);
    }

    /** The largest checkpoint of this log that its counterpart has cosigned. */
    public Optional<SignedCheckpoint> cosigned(String origin) {
        return sql.sql("select note from checkpoint where origin = ? and cosigned order by size desc limit 1")
                .param(origin)
                .query(String.class)
                .optional()
                .map(note -> open(note, origin));
    }

    /** Keeps a checkpoint that this node signed with the counterpart's cosignature, which was verified. */
    public void keepCosignature(SignedCheckpoint cosigned) {
        sql.sql(
                        "update checkpoint set note = ?, cosigned = true where origin = ? and size = ? and root = ? and not cosigned")
                .params(
                        cosigned.note(),
                        cosigned.checkpoint().origin(),
                        cosigned.checkpoint().size(),
                        cosigned.checkpoint().root().bytes())
                .update();
    }

    /** Keeps a head that this party signed and its counterpart cosigned before the log was restored; the leaves MUST give its root. */
    public void adopt(SignedCheckpoint cosigned) {
        Checkpoint head = cosigned.checkpoint();
        Optional<Checkpoint> newest = newest(head.origin()).map(SignedCheckpoint::checkpoint);
        if (newest.isEmpty() || newest.get().size() < head.size()) {
            tiles.cover(head.origin(), newest, head.size());
        }
        sql.sql("""
                        insert into checkpoint (origin, size, root, note, cosigned, written_at)
                        values (?, ?, ?, ?, true, ?) on conflict do nothing""")
                .params(
                        head.origin(),
                        head.size(),
                        head.root().bytes(),
                        cosigned.note(),
                        Timestamp.from(clock.instant()))
                .update();
        keepCosignature(cosigned);
    }

    /** Whether the files of a log hold entries that the database does not have: only an older copy of it can be the reason. */
    public boolean isBehindItsFiles(String origin) {
        return tiles.reachBeyond(origin, logs.size(origin));
    }

    /** Reads a note as a head of this log, signed with a key of this party's cards. */
    public SignedCheckpoint read(String note, String origin) throws Malformed {
        List<NoteKey> keys = known.stream().map(key -> NoteKey.log(origin, key)).toList();
        return SignedCheckpoint.open(SignedNote.parse(note), new KnownLog(origin, keys));
    }

    /** What is shown of a log to whoever may read it: the largest cosigned checkpoint, or before there is one the largest. */
    public Optional<SignedCheckpoint> published(String origin) {
        return cosigned(origin).or(() -> newest(origin));
    }

    /** The tiles and entries of a log as they are published; a reader holds them against the checkpoint. */
    public TileSource files(String origin) {
        return tiles.files(origin);
    }

    /** Derives anew what is missing of the files of a log that is closed, or about to be: nobody reads them afterwards who would notice. */
    public void completeFiles(String origin) {
        newest(origin)
                .map(SignedCheckpoint::checkpoint)
                .ifPresent(head -> tiles.ask(head, tree -> {
                    for (BundleAt at :
                            new TreeTiles(head.size()).bundlesSince(0).toList()) {
                        tree.bundle(at);
                    }
                    return tree;
                }));
    }

    /** The consistency proof from a cosigned size, 0 for none, to this checkpoint. */
    public List<Digest> consistency(long cosignedSize, SignedCheckpoint later) {
        return cosignedSize == 0 ? List.of() : tiles.ask(later.checkpoint(), tree -> tree.consistency(cosignedSize));
    }

    /** The proofs of those statements that a checkpoint of the log of that relationship covers. */
    public Map<Digest, InclusionProof> proofs(PartyCode partner, List<Digest> statements, SignedCheckpoint under) {
        long size = under.checkpoint().size();
        List<Map.Entry<Digest, Long>> covered =
                new ArrayList<>(logs.places(partner, statements).entrySet());
        covered.removeIf(place -> place.getValue() >= size);
        // From left to right no tile is read twice.
        covered.sort(Map.Entry.comparingByValue(Comparator.naturalOrder()));
        return tiles.ask(under.checkpoint(), tree -> tree.ask(hashes -> proofs(covered, hashes, size)));
    }

    private static Map<Digest, InclusionProof> proofs(
            List<Map.Entry<Digest, Long>> places, MerkleTree hashes, long size) {
        Map<Digest, InclusionProof> proofs = new HashMap<>();
        places.forEach(place -> proofs.put(place.getKey(), hashes.inclusion(place.getValue(), size)));
        return proofs;
    }

    private SignedCheckpoint open(String note, String origin) {
        try {
            return read(note, origin);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored checkpoint no longer verifies", e);
        }
    }
}
