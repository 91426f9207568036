package org.entente.node.erasure;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.entente.evidence.card.PartyCode;
import org.entente.node.party.Assurance;
import org.entente.node.party.Parties;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether this database can be taken for the newest. In an older copy, orders of courts that came since are lost, with whomever they had to
 * do; any partner may be the one that tells. But nothing is kept for ever because one is silent.
 */
public final class Completeness {
    /** How long a silent partner is waited for, over all starts; the time in which this node did not run does not count. */
    static final Duration SILENCE = Duration.ofDays(7);

    /** What one look adds at most: longer than between two looks of a node that runs. */
    static final Duration LOOK = Duration.ofHours(1);

    private final JdbcClient sql;
    private final Parties parties;
    private final Assurance assurance;
    private final Clock clock;

    public Completeness(JdbcClient sql, Parties parties, Assurance assurance, Clock clock) {
        this.sql = sql;
        this.parties = parties;
        this.assurance = assurance;
        this.clock = clock;
    }

    /** Whether every partner has been asked since the start. */
    boolean knowsAll() {
        return parties.partners().stream().map(Parties.Partner::code).allMatch(assurance::with);
    }

    /** Whether every partner was asked or was waited for long enough; notes how long each was. */
    boolean mayJudge() {
        List<PartyCode> partners =
                parties.partners().stream().map(Parties.Partner::code).toList();
        Timestamp now = Timestamp.from(clock.instant());
        for (PartyCode partner : partners) {
            if (assurance.with(partner)) {
                sql.sql("delete from silent_partner where partner = ?")
                        .param(partner.text())
                        .update();
            } else {
                sql.sql("""
                                insert into silent_partner (partner, waited, looked_at) values (?, interval '0', ?)
                                on conflict (partner) do update set looked_at = excluded.looked_at,
                                    waited = silent_partner.waited + greatest(interval '0', least(
                                        excluded.looked_at - silent_partner.looked_at, make_interval(secs => ?)))""")
                        .params(partner.text(), now, (double) LOOK.toSeconds())
                        .update();
            }
        }
        return sql.sql("select not exists (select from silent_partner where waited < make_interval(secs => ?))")
                .param((double) SILENCE.toSeconds())
                .query(Boolean.class)
                .single();
    }
}
