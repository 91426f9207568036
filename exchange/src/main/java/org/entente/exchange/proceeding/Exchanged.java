package org.entente.exchange.proceeding;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;

/**
 * The statements of one proceeding, each party's in the order in which it said them. The order between the two
 * parties is not kept: it differs between their nodes, and nothing may depend on it.
 *
 * @param opening id of the statement that opens the proceeding
 * @param asker who opened it
 * @param asked to whom it is addressed
 */
record Exchanged(Digest opening, PartyCode asker, PartyCode asked, List<Said> byAsker, List<Said> byAsked) {
    static final int STATEMENTS_MAX = 1_000;

    Exchanged {
        if (asker.equals(asked)) {
            throw new IllegalArgumentException("a proceeding has two parties");
        }
        byAsker = List.copyOf(byAsker);
        byAsked = List.copyOf(byAsked);
    }

    static Exchanged opening(Digest opening, PartyCode asker, PartyCode asked) {
        return new Exchanged(opening, asker, asked, List.of(), List.of());
    }

    /** Appends to what its speaker said; one that is there already changes nothing, nor does one beyond the greatest number. */
    Exchanged with(Said said) {
        if (!said.by().equals(asker) && !said.by().equals(asked)) {
            throw new IllegalArgumentException(said.by() + " is no party of the proceeding");
        }
        boolean ofAsker = said.by().equals(asker);
        List<Said> own = new ArrayList<>(ofAsker ? byAsker : byAsked);
        if (own.size() == STATEMENTS_MAX
                || own.stream().anyMatch(before -> before.statement().equals(said.statement()))) {
            return this;
        }
        own.add(said);
        return ofAsker
                ? new Exchanged(opening, asker, asked, own, byAsked)
                : new Exchanged(opening, asker, asked, byAsker, own);
    }
}
