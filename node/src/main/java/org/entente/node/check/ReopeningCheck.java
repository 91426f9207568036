package org.entente.node.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.Continuation;
import org.entente.evidence.succession.LogReopened;
import org.entente.evidence.tile.TileGrowth;
import org.entente.exchange.delivery.Arrival;
import org.entente.node.party.Parties;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the incarnations of logs that a declaration opened hold what it says: this party's own, and what was read of a partner's. */
final class ReopeningCheck {
    private static final int AT_ONCE = 2_000;

    private final JdbcClient sql;
    private final Parties parties;

    ReopeningCheck(JdbcClient sql, Parties parties) {
        this.sql = sql;
        this.parties = parties;
    }

    /** A declaration, and the statement that made it. */
    record Opened(Digest statement, LogReopened said) {
        /** Whether a receipt which stands before the declaration may name another place than there is now. */
        boolean carries(long receipt, long named) {
            return receipt < said.place() && named >= said.keeps().size();
        }
    }

    /** The declaration that opened this incarnation of a log; empty for the first. */
    Optional<Opened> opening(String origin) throws Malformed {
        Optional<byte[]> bytes = sql.sql(
                        "select s.bytes from reopening r join statement s on s.id = r.statement where r.next = ?")
                .param(origin)
                .query((row, number) -> row.getBytes("bytes"))
                .optional();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        UnverifiedStatement claimed = Statement.parse(bytes.get());
        Statement statement = Arrival.verify(
                        claimed, parties.cardOf(claimed.claimedFrom(), claimed.claimedKid()), Set.of())
                .statement();
        return Optional.of(new Opened(statement.id(), LogReopened.read(statement)));
    }

    /** Judges a log of this party. */
    void own(String origin) throws Malformed {
        Optional<Opened> opened = opening(origin);
        if (opened.isPresent()) {
            hold(opened.get(), "leaf", (from, most) -> List.of());
        }
    }

    /** Judges what was read of a partner's log, beside what was read of its closed incarnation. */
    void partners(String origin) throws Malformed {
        Optional<Opened> opened = opening(origin);
        if (opened.isPresent()) {
            String closed = opened.get().said.origin();
            hold(opened.get(), "mirrored_leaf", (from, most) -> read("mirrored_leaf", closed, from, most));
        }
    }

    private void hold(Opened opened, String table, Continuation.Closed closed) throws Malformed {
        LogReopened said = opened.said;
        Continuation continuation = new Continuation(said, opened.statement, closed);
        long from = 0;
        for (List<Digest> some = read(table, said.next(), 0, AT_ONCE);
                !some.isEmpty() && from <= said.place();
                some = read(table, said.next(), from, AT_ONCE)) {
            Optional<Problem> difference =
                    continuation.difference(from, some, first -> root(table, said.next(), first));
            if (difference.isPresent()) {
                throw new Malformed(
                        "check.reopening-other",
                        said.next(),
                        difference.get().arguments().getLast());
            }
            from += some.size();
        }
    }

    private Digest root(String table, String origin, long first) {
        TileGrowth growth = TileGrowth.empty();
        while (growth.size() < first) {
            read(table, origin, growth.size(), (int) Math.min(AT_ONCE, first - growth.size()))
                    .forEach(id -> growth.append(MerkleHash.statementLeaf(id), filled -> {}));
        }
        return growth.root();
    }

    private List<Digest> read(String table, String origin, long from, int most) {
        return sql.sql("select statement from " + table
                        + " where origin = ? and position >= ? order by position limit ?")
                .params(origin, from, most)
                .query((row, number) -> Digest.ofBytes(row.getBytes("statement")))
                .list();
    }
}
