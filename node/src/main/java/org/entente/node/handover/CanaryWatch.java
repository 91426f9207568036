package org.entente.node.handover;

import java.io.IOException;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Handover;
import org.entente.matching.index.DamagedIndex;
import org.entente.node.canary.CanaryAlarms;
import org.entente.node.comparison.IndexShelf;
import org.entente.node.comparison.Indices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks behind the entry that a partner asks for, and raises the alarm when a canary stands there. Every request is looked at in the same way, and whatever comes of it changes
 * nothing that the partner, or the officer who decides, gets to see.
 */
public final class CanaryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryWatch.class);

    private final Indices indices;
    private final IndexShelf shelf;
    private final CanaryAlarms alarms;

    public CanaryWatch(Indices indices, IndexShelf shelf, CanaryAlarms alarms) {
        this.indices = indices;
        this.shelf = shelf;
        this.alarms = alarms;
    }

    /** May be called again for the same request; an entry that cannot be opened any more says nothing. */
    void look(Statement request, Handover.ItemRequested asked) {
        if (!(request.from() instanceof AuthorityCode partner
                && request.to().orElse(null) instanceof AuthorityCode holder)) {
            return;
        }
        Handover.Hit hit = asked.subject().hit();
        Optional<Indices.Facts> index = indices.find(hit.index())
                .filter(announced -> announced.own()
                        && announced.holder().equals(holder)
                        && announced.reader().equals(partner))
                .map(Indices.Announced::facts)
                .filter(facts -> hit.position() < facts.size() && shelf.holdsOwn(facts.root()));
        if (index.isEmpty()) {
            return;
        }
        try {
            alarms.raise(
                    holder, partner, request.id(), shelf.own(index.get().root()).recordIds(hit.position()));
        } catch (IOException | Malformed | DamagedIndex e) {
            LOG.error("what stands behind the entry that {} asks for cannot be read", request, e);
        }
    }
}
