package org.entente.node.erasure;

import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What proceedings say of items that were handed over, while they are in a phase that says so: restriction, erasure, consent. */
public final class ItemEffects {
    private final JdbcClient sql;

    public ItemEffects(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * What one proceeding says of items now.
     *
     * @param word of the effect, as forms write it
     * @param until its last day; empty: as long as the phase
     */
    public record Said(String word, Optional<LocalDate> until, List<Digest> items) {
        public Said {
            items = List.copyOf(items);
        }
    }

    /** Notes what a proceeding says now, instead of what it said before; MUST be called in the transaction that logs its step. */
    public void say(Digest opening, Optional<Said> said) {
        sql.sql("delete from item_effect where opening = ?")
                .param(opening.bytes())
                .update();
        if (said.isEmpty()) {
            return;
        }
        for (Digest item : said.get().items()) {
            sql.sql("insert into item_effect (item, opening, effect, until) values (?, ?, ?, ?)")
                    .params(
                            item.bytes(),
                            opening.bytes(),
                            said.get().word(),
                            new SqlParameterValue(Types.DATE, said.get().until().orElse(null)))
                    .update();
        }
    }

    /** The proceedings by which an item is restricted on a day: it is kept, and used by nobody. */
    public List<Digest> restricting(Digest item, LocalDate today) {
        return sql.sql("""
                        select opening from item_effect
                        where item = ? and effect = 'restriction' and (until is null or until >= ?) order by opening""")
                .params(item.bytes(), today)
                .query((row, number) -> Digest.ofBytes(row.getBytes("opening")))
                .list();
    }
}
