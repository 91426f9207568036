package org.entente.node.check;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.tile.TileGrowth;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The agreement of both logs of a relationship, judged from what this node has read of the partner's: its entries give the
 * root that was cosigned; what both logs hold stands in both in the same order, for each of the two who speak; and nothing
 * that either is known to have taken is left out between what is there.
 */
final class MirrorCheck {
    private static final int AT_ONCE = 2_000;

    private final JdbcClient sql;
    private final String own;
    private final String theirs;

    MirrorCheck(JdbcClient sql, String own, String theirs) {
        this.sql = sql;
        this.own = own;
        this.theirs = theirs;
    }

    private record Head(long size, Digest root) {}

    private record Entry(long place, Digest statement) {}

    LogReport.Mirror run() throws Malformed {
        long entries = entries();
        first("""
                select position, encode(statement, 'hex') from
                    (select m.position, m.statement,
                        row_number() over (partition by s.outgoing order by m.position) as theirs,
                        row_number() over (partition by s.outgoing order by l.position) as ours
                     from mirrored_leaf m join leaf l on l.statement = m.statement join statement s on s.id = m.statement
                     where m.origin = ? and l.origin = ?) as both_have
                where theirs <> ours order by position limit 1""", "check.mirror-order");
        first("""
                with both_have as
                    (select s.outgoing, l.position from mirrored_leaf m
                        join leaf l on l.statement = m.statement join statement s on s.id = m.statement
                     where m.origin = ? and l.origin = ?)
                select l.position, encode(l.statement, 'hex') from leaf l join statement s on s.id = l.statement
                where l.origin = ?
                    and l.position < (select max(position) from both_have b where b.outgoing = s.outgoing)
                    and not exists (select from both_have b where b.position = l.position)
                    and (not s.outgoing
                        or exists (select from outbox o where o.statement = l.statement and o.acknowledged_at is not null
                            and o.partner = (select partner from log where origin = l.origin)))
                order by l.position limit 1""", "check.mirror-omits", own);
        long unseen = sql.sql("""
                        select count(*) from mirrored_leaf m where m.origin = ?
                            and not exists (select from leaf l where l.origin = ? and l.statement = m.statement)""").params(theirs, own).query(Long.class).single();
        return new LogReport.Mirror(entries, unseen);
    }

    /** Names the first place and statement that a question finds. */
    private void first(String question, String code, String... further) throws Malformed {
        JdbcClient.StatementSpec asked = sql.sql(question).params(theirs, own);
        for (String one : further) {
            asked = asked.param(one);
        }
        Optional<String[]> found = asked.query((row, number) -> new String[] {row.getString(1), row.getString(2)})
                .optional();
        if (found.isPresent()) {
            throw new Malformed(code, theirs, found.get()[0], found.get()[1]);
        }
    }

    /** The entries, one after another, up to the cosigned head, whose root they give. */
    long entries() throws Malformed {
        long size = sql.sql("select size from mirror where origin = ?")
                .param(theirs)
                .query(Long.class)
                .optional()
                .orElse(0L);
        TileGrowth growth = TileGrowth.empty();
        for (List<Entry> some = read(0); !some.isEmpty(); some = read(growth.size())) {
            for (Entry entry : some) {
                if (entry.place != growth.size()) {
                    throw new Malformed("check.mirror-missing", theirs, Long.toString(growth.size()));
                }
                growth.append(MerkleHash.statementLeaf(entry.statement), filled -> {});
            }
        }
        if (growth.size() != size) {
            throw new Malformed("check.mirror-missing", theirs, Long.toString(Math.min(growth.size(), size)));
        }
        Optional<Head> head = sql.sql("select size, root from witnessed where origin = ?")
                .param(theirs)
                .query((row, number) -> new Head(row.getLong("size"), Digest.ofBytes(row.getBytes("root"))))
                .optional();
        boolean beyond = size > head.map(Head::size).orElse(0L);
        if (beyond
                || head.filter(seen -> seen.size == size && !seen.root.equals(growth.root()))
                        .isPresent()) {
            throw new Malformed("check.mirror-root", theirs, Long.toString(size));
        }
        return size;
    }

    private List<Entry> read(long from) {
        return sql.sql(
                        "select position, statement from mirrored_leaf where origin = ? and position >= ? order by position limit ?")
                .params(theirs, from, AT_ONCE)
                .query((row, number) -> new Entry(row.getLong("position"), Digest.ofBytes(row.getBytes("statement"))))
                .list();
    }
}
