package org.entente.node.comparison;

import java.time.Instant;
import java.time.ZoneOffset;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.signing.Standing;
import org.entente.node.memoranda.Memoranda;

/** Since when charges count: the longest term of any quota that the memoranda with a partner set. */
public final class QuotaWindow {
    private final Memoranda memoranda;

    public QuotaWindow(Memoranda memoranda) {
        this.memoranda = memoranda;
    }

    /** The beginning of the term that ends now; now itself when no memorandum sets a quota. */
    public Instant since(PartyCode partner, Instant now) {
        Instant since = now;
        for (Standing standing : memoranda.standings(partner)) {
            for (Memorandum.Numbered<Terms.Probe> clause : standing.memorandum().clausesOf(Terms.Probe.class)) {
                Instant begin = now.atOffset(ZoneOffset.UTC)
                        .minus(clause.terms().quota().each().amount())
                        .toInstant();
                since = begin.isBefore(since) ? begin : since;
            }
        }
        return since;
    }
}
