package org.entente.node.ledger;

import java.util.List;
import java.util.stream.IntStream;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.LogNames;
import org.entente.node.party.LinkStops;
import org.entente.node.reading.PerEdition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Under which names the logs of a relationship were kept, one after another, and which of them counts. */
public final class Incarnations {
    private static final int PARTNERS_KEPT = 256;

    private final JdbcClient sql;
    private final PartyCode own;
    private final PerEdition<PartyCode, String> counting;

    public Incarnations(JdbcClient sql, PartyCode own) {
        this.sql = sql;
        this.own = own;
        this.counting = new PerEdition<>(sql, PARTNERS_KEPT);
    }

    /** The one of this party's log of the relationship that is open. */
    String open(PartyCode partner) {
        return sql.sql("select origin from log where partner = ? and closed_at is null")
                .param(partner.text())
                .query(String.class)
                .optional()
                .orElse(LogNames.relationship(own, partner, 1));
    }

    /** The one of the partner's log that counts here: the newest that was declared, unless a person is still to say so. */
    public String counting(PartyCode partner) {
        return counting.of(partner, () -> readCounting(partner));
    }

    private String readCounting(PartyCode partner) {
        return sql.sql("""
                        select next from reopening r where party = ? and not exists
                            (select from link_stop s where s.partner = r.party and s.problem = ? and s.resumed_at is null
                                and r.next = any (s.arguments))
                        order by number desc limit 1""")
                .params(partner.text(), LinkStops.LOG_REOPENED)
                .query(String.class)
                .optional()
                .orElse(LogNames.relationship(partner, own, 1));
    }

    /** The number of the newest one of the partner's log that was declared. */
    int newest(PartyCode partner) {
        return sql.sql("select coalesce(max(number), 1) from reopening where party = ?")
                .param(partner.text())
                .query(Integer.class)
                .single();
    }

    /** All of the partner's log that were declared, from the first on. */
    public List<String> all(PartyCode partner) {
        return IntStream.rangeClosed(1, newest(partner))
                .mapToObj(number -> LogNames.relationship(partner, own, number))
                .toList();
    }
}
