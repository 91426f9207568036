package org.entente.node.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The signed heads of this node's own logs, derived from committed leaves. A checkpoint is stored before anybody sees it,
 * and the table's key sees to it that no size ever has two.
 */
public final class Checkpoints {
    private final JdbcClient sql;
    private final Logs logs;
    private final Ed25519SecretKey logKey;
    private final List<Ed25519PublicKey> known;
    private final Clock clock;

    /**
     * Signs with the log key of the card that is in force.
     *
     * @param known the log keys of this party's cards over time, under which stored checkpoints verify
     */
    public Checkpoints(JdbcClient sql, Logs logs, Ed25519SecretKey logKey, List<Ed25519PublicKey> known, Clock clock) {
        this.sql = sql;
        this.logs = logs;
        this.logKey = logKey;
        this.known = List.copyOf(known);
        this.clock = clock;
    }

    /** The checkpoint of everything that is committed in the log; signed and stored now if it was not before. */
    public Optional<SignedCheckpoint> current(String origin) {
        long size = logs.size(origin);
        if (size == 0) {
            return Optional.empty();
        }
        Optional<SignedCheckpoint> stored = at(origin, size);
        if (stored.isPresent()) {
            return stored;
        }
        SignedCheckpoint signed = SignedCheckpoint.sign(
                new Checkpoint(origin, size, logs.tree(origin).root(size)), logKey);
        sql.sql("""
                        insert into checkpoint (origin, size, root, note, cosigned, written_at)
                        values (?, ?, ?, ?, false, ?) on conflict do nothing""")
                .params(
                        origin,
                        size,
                        signed.checkpoint().root().bytes(),
                        signed.note(),
                        Timestamp.from(clock.instant()))
                .update();
        return at(origin, size);
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

    /** The consistency proof from the last cosigned size, 0 for none, to this checkpoint. */
    public List<Digest> consistency(String origin, long cosignedSize, long size) {
        MerkleTree tree = logs.tree(origin);
        return cosignedSize == 0 ? List.of() : tree.consistency(cosignedSize, size);
    }

    private Optional<SignedCheckpoint> at(String origin, long size) {
        return sql.sql("select note from checkpoint where origin = ? and size = ?")
                .params(origin, size)
                .query(String.class)
                .optional()
                .map(note -> open(note, origin));
    }

    private SignedCheckpoint open(String note, String origin) {
        try {
            List<NoteKey> keys =
                    known.stream().map(key -> NoteKey.log(origin, key)).toList();
            return SignedCheckpoint.open(SignedNote.parse(note), new KnownLog(origin, keys));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored checkpoint no longer verifies", e);
        }
    }
}
