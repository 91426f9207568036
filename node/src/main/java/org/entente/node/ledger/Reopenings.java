package org.entente.node.ledger;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.Continuation;
import org.entente.evidence.succession.LogReopened;
import org.entente.evidence.succession.Reopening;
import org.entente.evidence.tile.TileGrowth;
import org.entente.node.party.LinkStops;
import org.entente.node.reading.Edition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The declarations by which logs went on as their next incarnations: whether a partner's counts, and whether its log is as it declared. */
public final class Reopenings {
    private static final Logger LOG = LoggerFactory.getLogger(Reopenings.class);
    private static final int AT_ONCE = 4_096;

    private final JdbcClient sql;
    private final PartyCode own;
    private final Incarnations incarnations;
    private final Statements statements;
    private final Mirrors mirrors;
    private final LinkStops stops;

    public Reopenings(JdbcClient sql, PartyCode own, Statements statements, Mirrors mirrors, LinkStops stops) {
        this.sql = sql;
        this.own = own;
        this.incarnations = new Incarnations(sql, own);
        this.statements = statements;
        this.mirrors = mirrors;
        this.stops = stops;
    }

    /** Why a partner's declaration never counts; empty when it counts, or may once a person says so. */
    public Optional<Problem> refusal(Statement statement) throws Malformed {
        return judge(statement.from().party(), LogReopened.read(statement)) instanceof Reopening.Refused refused
                ? Optional.of(refused.problem())
                : Optional.empty();
    }

    /**
     * The same once more, now that nobody else writes and no head of the log is being cosigned; MUST be called in the
     * transaction that accepts the declaration.
     */
    public void requireStill(Statement statement) {
        PartnerWitness.lock(sql, incarnations.counting(statement.from().party()));
        Optional<Problem> refused;
        try {
            refused = refusal(statement);
        } catch (Malformed unreadable) {
            throw new IllegalArgumentException("a declaration that no acceptance allowed", unreadable);
        }
        if (refused.isPresent()) {
            throw new IllegalStateException("another head or declaration came first: " + refused.get());
        }
    }

    private Reopening judge(PartyCode partner, LogReopened said) {
        String counting = incarnations.counting(partner);
        int newest = incarnations.newest(partner);
        return Reopening.judge(
                said,
                new Reopening.Known(
                        partner,
                        own,
                        newest,
                        counting.equals(LogNames.relationship(partner, own, newest)),
                        cosigned(counting),
                        new Read(counting)));
    }

    private LogReopened.Extent cosigned(String origin) {
        return sql.sql("select size, root from witnessed where origin = ?")
                .param(origin)
                .query((row, number) ->
                        new LogReopened.Extent(row.getLong("size"), Digest.ofBytes(row.getBytes("root"))))
                .optional()
                .orElse(LogReopened.Extent.NOTHING);
    }

    /** What this node has read of a partner's log. */
    private final class Read implements Reopening.Entries {
        private final String origin;

        private Read(String origin) {
            this.origin = origin;
        }

        @Override
        public long size() {
            return mirrors.size(origin);
        }

        @Override
        public Digest root(long first) {
            return rootOf(origin, first, List.of());
        }
    }

    /** The root over the first entries of a partner's log: those that were read, and some behind them. */
    private Digest rootOf(String origin, long first, List<Digest> behind) {
        TileGrowth growth = TileGrowth.empty();
        List<Digest> some;
        do {
            some = mirrors.read(origin, growth.size(), (int) Math.min(AT_ONCE, first - growth.size()));
            some.forEach(id -> growth.append(MerkleHash.statementLeaf(id), filled -> {}));
        } while (!some.isEmpty() && growth.size() < first);
        behind.subList(0, (int) (first - growth.size()))
                .forEach(id -> growth.append(MerkleHash.statementLeaf(id), filled -> {}));
        return growth.root();
    }

    /** Takes a partner's declaration, which was judged; when entries are lost, a person is to say that the exchange goes on. */
    public void take(Statement statement, LogReopened said) {
        PartyCode partner = statement.from().party();
        keep(partner, statement, said);
        if (said.lost() > 0) {
            stops.stop(
                    partner,
                    Problem.of(LinkStops.LOG_REOPENED, partner.text(), said.next(), Long.toString(said.lost())));
        }
        LOG.warn("{} goes on with its log {} as {}", partner, said.origin(), said.next());
    }

    private void keep(PartyCode party, Statement statement, LogReopened said) {
        PartyCode counterpart = party.equals(own) ? statement.to().orElseThrow().party() : own;
        sql.sql("""
                        insert into reopening (next, follows, party, number, statement) values (?, ?, ?, ?, ?)
                        on conflict (statement) do nothing""")
                .params(
                        said.next(),
                        said.origin(),
                        party.text(),
                        LogNames.incarnation(said.next(), party, counterpart).orElseThrow(),
                        statement.id().bytes())
                .update();
        Edition.changed();
    }

    /** Keeps this party's own declaration, and who ordered it and why. */
    void keepOwn(Statement statement, LogReopened said, NextIncarnation.Order order) {
        keep(own, statement, said);
        sql.sql("update reopening set ordered_by = ?, reason = ? where next = ?")
                .params(order.officer(), order.reason(), said.next())
                .update();
    }

    /** A declaration with the statement that made it. */
    public record Declared(Digest statement, LogReopened said) {}

    /** The declaration that opened this incarnation of a log, unless it is the first. */
    public Optional<Declared> opening(String origin) {
        return sql.sql("select statement from reopening where next = ?")
                .param(origin)
                .query((row, number) -> Digest.ofBytes(row.getBytes("statement")))
                .optional()
                .map(id ->
                        new Declared(id, said(statements.find(id).orElseThrow().statement())));
    }

    private static LogReopened said(Statement statement) {
        try {
            return LogReopened.read(statement);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored declaration no longer reads", e);
        }
    }

    /** Whether the partner has refused this party's declaration for good. */
    public boolean isRefused(Digest statement) {
        return sql.sql("select exists (select from outbox where statement = ? and set_aside is not null)")
                .param(statement.bytes())
                .query(Boolean.class)
                .single();
    }

    /**
     * Requires that entries which were read of a partner's log are as it declared when it opened this incarnation. If they are not,
     * the link is stopped the first time that it is seen.
     *
     * @param from the place of the first, which is the number of those that are kept
     * @throws Malformed {@code reopening.not-as-declared}
     */
    public void requireAsDeclared(String origin, PartyCode partner, long from, List<Digest> entries) throws Malformed {
        Optional<Declared> opening = opening(origin);
        if (opening.isEmpty() || from > opening.get().said.place()) {
            return;
        }
        LogReopened said = opening.get().said;
        Continuation continuation = new Continuation(
                said, opening.get().statement, (place, most) -> mirrors.read(said.origin(), place, most));
        Optional<Problem> difference = continuation.difference(from, entries, first -> rootOf(origin, first, entries));
        if (difference.isPresent()) {
            if (mirrors.fault(origin, partner, difference.get())) {
                LOG.error("the log {} is not as its declaration says: {}", origin, difference.get());
                stops.stop(
                        partner,
                        new Problem(
                                LinkStops.NOT_AS_DECLARED,
                                List.of(
                                        partner.text(),
                                        origin,
                                        difference.get().arguments().getLast())));
            }
            throw new Malformed(difference.get());
        }
    }
}
