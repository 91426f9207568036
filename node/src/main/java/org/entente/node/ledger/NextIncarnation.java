package org.entente.node.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.LogReopened;
import org.entente.exchange.message.Arrangement;
import org.entente.node.party.Parties;
import org.entente.node.reading.Edition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Closes a log of this node and opens its next incarnation, in one transaction: the leaves that go on, what statements that
 * came back had done here, an outbox in the order of the new log, and last of all the declaration. The closed one stays as it was.
 */
public final class NextIncarnation {
    private final JdbcClient sql;
    private final Ledger ledger;
    private final Restoration restoration;
    private final Reopenings reopenings;
    private final Parties parties;
    private final Clock clock;

    /** Where it is written. */
    public record Ledger(Sequencer sequencer, Statements statements, Logs logs) {}

    public NextIncarnation(
            JdbcClient sql,
            Ledger ledger,
            Restoration restoration,
            Reopenings reopenings,
            Parties parties,
            Clock clock) {
        this.sql = sql;
        this.ledger = ledger;
        this.restoration = restoration;
        this.reopenings = reopenings;
        this.parties = parties;
        this.clock = clock;
    }

    /** Who orders it, and why. */
    public record Order(String officer, String reason) {}

    /**
     * What goes on.
     *
     * @param same how many leading leaves of the closed log stand in the next one at their places
     * @param behind what stands in the closed log behind them
     * @param entries what stands in the next one behind them, up to the declaration
     * @param pieces those of the entries whose statements came back
     * @param taken statements that the partner has
     * @param refused statements that the partner has refused
     */
    public record Plan(
            long same,
            List<Digest> behind,
            List<Digest> entries,
            List<Restoration.Piece> pieces,
            Set<Digest> taken,
            Set<Digest> refused) {}

    /** The log is not what it was when its next incarnation was planned: plan again. */
    public static final class Grown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Those of some statements that the partner said, has acknowledged or has refused. */
    public Set<Digest> shared(PartyCode partner, List<Digest> statements) {
        return new HashSet<>(sql.sql("""
                        select s.id from statement s left join outbox o on o.statement = s.id and o.partner = ?
                        where s.id = any (?::bytea[])
                            and (not s.outgoing or o.acknowledged_at is not null or o.set_aside is not null)""")
                .params(partner.text(), Statements.column(statements, byte[][]::new, Digest::bytes))
                .query((row, number) -> Digest.ofBytes(row.getBytes("id")))
                .list());
    }

    /**
     * Opens it.
     *
     * @param declaration what this party says of it, signed
     * @throws Grown when the log grew since it was planned
     */
    public void open(
            PartyCode partner,
            Plan plan,
            Statement declaration,
            LogReopened said,
            Order order,
            Restoration.Effect effect) {
        ledger.sequencer.write(() -> {
            requireAsPlanned(said, plan);
            close(said, partner);
            ledger.logs.follow(partner);
            copy(said, plan.same);
            Set<Digest> fresh = ledger.statements.store(plan.pieces.stream()
                    .map(piece -> new Statements.Fresh(piece.statement(), piece.message(), partner, piece.outgoing()))
                    .toList());
            ledger.logs.restore(said.next(), plan.entries);
            sendAnew(partner, plan);
            foldCards(said.next(), plan);
            for (Restoration.Piece piece : plan.pieces) {
                if (fresh.contains(piece.statement().id()) && !CardHistory.concerns(piece.statement())) {
                    restoration.recall(partner, piece, effect);
                }
            }
            ledger.statements.store(
                    List.of(new Statements.Fresh(declaration, new Arrangement.LogContinued(said), partner, true)));
            ledger.logs.restore(said.next(), List.of(declaration.id()));
            restoration.send(partner, List.of(declaration.id()));
            reopenings.keepOwn(declaration, said, order);
        });
    }

    private void requireAsPlanned(LogReopened said, Plan plan) {
        String origin = said.origin();
        boolean asPlanned = restoration.leaves(origin) == plan.same + plan.behind.size()
                && ledger.logs
                        .read(origin, plan.same, plan.same + plan.behind.size())
                        .equals(plan.behind);
        if (!asPlanned || said.place() != plan.same + plan.entries.size()) {
            throw new Grown();
        }
    }

    private void close(LogReopened said, PartyCode partner) {
        int closed = sql.sql("update log set closed_at = ? where origin = ? and closed_at is null")
                .params(Timestamp.from(clock.instant()), said.origin())
                .update();
        if (closed != 1) {
            throw new Grown();
        }
        sql.sql("insert into log (origin, partner) values (?, ?)")
                .params(said.next(), partner.text())
                .update();
    }

    /** The leaves that go on at their places, and what was said about cards there. */
    private void copy(LogReopened said, long same) {
        sql.sql("""
                        insert into leaf (origin, position, statement)
                        select ?, position, statement from leaf where origin = ? and position < ?""").params(said.next(), said.origin(), same).update();
        sql.sql("update log set size = ? where origin = ?")
                .params(same, said.next())
                .update();
        sql.sql("""
                        insert into party_card (party, origin, position, serial, card)
                        select party, ?, position, serial, card from party_card where origin = ? and position < ?""").params(said.next(), said.origin(), same).update();
        sql.sql("""
                        insert into key_revocation (party, origin, position, key_use, name)
                        select party, ?, position, key_use, name from key_revocation where origin = ? and position < ?""").params(said.next(), said.origin(), same).update();
        Edition.changed();
    }

    private void foldCards(String next, Plan plan) {
        List<Digest> concerned = sql.sql("select id from statement where id = any (?::bytea[]) and kind = any (?)")
                .params(
                        Statements.column(plan.entries, byte[][]::new, Digest::bytes),
                        CardHistory.KINDS.toArray(String[]::new))
                .query((row, number) -> Digest.ofBytes(row.getBytes("id")))
                .list();
        for (int i = 0; i < plan.entries.size(); i++) {
            Digest id = plan.entries.get(i);
            if (concerned.contains(id)) {
                parties.changeCards(ledger.statements.find(id).orElseThrow().statement(), next, plan.same + i);
            }
        }
    }

    /** What was said stands in the outbox in the order of the next log; what became of it stays, and the partner has what it gave back. */
    private void sendAnew(PartyCode partner, Plan plan) {
        Set<Digest> outgoing = Set.copyOf(sql.sql("select id from statement where id = any (?::bytea[]) and outgoing")
                .param(Statements.column(plan.entries, byte[][]::new, Digest::bytes))
                .query((row, number) -> Digest.ofBytes(row.getBytes("id")))
                .list());
        for (Digest id : plan.entries) {
            if (outgoing.contains(id)) {
                moveToTheEnd(partner, id);
                if (plan.taken.contains(id)) {
                    restoration.settle(partner, id, plan.refused.contains(id));
                }
            }
        }
    }

    private void moveToTheEnd(PartyCode partner, Digest id) {
        int moved = sql.sql("update outbox set sequence = default where partner = ? and statement = ?")
                .params(partner.text(), id.bytes())
                .update();
        if (moved == 0) {
            restoration.send(partner, List.of(id));
        }
    }
}
