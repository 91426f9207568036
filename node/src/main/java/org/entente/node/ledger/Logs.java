package org.entente.node.ledger;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Frontier;
import org.entente.evidence.log.HashReader;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.StoredHash;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The node's own logs: one for each relationship and an internal one. The row of a log is locked by whoever appends, so
 * positions have no gaps and their order is that of the commits.
 */
public final class Logs {
    private static final int INCARNATION = 1;

    private final JdbcClient sql;
    private final PartyCode own;

    public Logs(JdbcClient sql, PartyCode own) {
        this.sql = sql;
        this.own = own;
    }

    /** Where a statement stands. */
    public record Position(String origin, long index) {}

    /** The origin of the log of the relationship with this partner. */
    public String origin(PartyCode partner) {
        return LogNames.relationship(own, partner, INCARNATION);
    }

    /** Opens the log of a relationship if it is not there yet. */
    public void open(PartyCode partner) {
        sql.sql("insert into log (origin, partner) values (?, ?) on conflict do nothing")
                .params(origin(partner), partner.text())
                .update();
    }

    /** Appends a statement's leaf; MUST be called inside the transaction that stores the statement. */
    Position append(PartyCode partner, Digest statement) {
        String origin = origin(partner);
        long index = sql.sql("update log set size = size + 1 where origin = ? returning size - 1")
                .param(origin)
                .query(Long.class)
                .single();
        sql.sql("insert into leaf (origin, position, statement) values (?, ?, ?)")
                .params(origin, index, statement.bytes())
                .update();
        Frontier.Appended appended = Frontier.load(index, hashes(origin)).append(MerkleHash.statementLeaf(statement));
        for (StoredHash stored : appended.stored()) {
            sql.sql("insert into tree_hash (origin, level, position, hash) values (?, ?, ?, ?)")
                    .params(
                            origin,
                            stored.level(),
                            stored.index(),
                            stored.hash().bytes())
                    .update();
        }
        return new Position(origin, index);
    }

    public long size(String origin) {
        return sql.sql("select size from log where origin = ?")
                .param(origin)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    public List<String> origins() {
        return sql.sql("select origin from log order by origin")
                .query(String.class)
                .list();
    }

    /** The tree over the committed leaves. */
    public MerkleTree tree(String origin) {
        return new MerkleTree(hashes(origin));
    }

    /** The place of a statement in the log of the relationship with this partner. */
    public Optional<Long> index(PartyCode partner, Digest statement) {
        return sql.sql("select position from leaf where origin = ? and statement = ?")
                .params(origin(partner), statement.bytes())
                .query(Long.class)
                .optional();
    }

    /** The proof that a statement is in a checkpoint of the log of that relationship; empty when it is not, or not yet. */
    public Optional<InclusionProof> proof(PartyCode partner, Digest statement, SignedCheckpoint checkpoint) {
        long size = checkpoint.checkpoint().size();
        return index(partner, statement)
                .filter(index -> index < size)
                .map(index -> tree(origin(partner)).inclusion(index, size));
    }

    private HashReader hashes(String origin) {
        return (level, index) ->
                Digest.ofBytes(sql.sql("select hash from tree_hash where origin = ? and level = ? and position = ?")
                        .params(origin, level, index)
                        .query((row, number) -> row.getBytes("hash"))
                        .single());
    }
}
