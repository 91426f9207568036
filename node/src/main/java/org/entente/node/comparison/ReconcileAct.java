package org.entente.node.comparison;

import java.time.Clock;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import tools.jackson.databind.node.JsonNodeFactory;

/** A legal adviser proposes to compare a whole list of ours with an index that a partner gave us. */
public final class ReconcileAct implements Undertaking {
    private final Indices indices;
    private final Clock clock;

    public ReconcileAct(Indices indices, Clock clock) {
        this.indices = indices;
        this.clock = clock;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories) throws Malformed, RefusedAct, NothingHere {
        Indices.Announced index = indices.requireFor(facts.digest("index"), signatories.authority());
        facts.end();
        signatories.requireRole(ActName.RECONCILE);
        if (indices.ends().over(index)) {
            throw new Malformed("comparison.epoch-ended");
        }
        Comparison.ReconcileAsked message = new Comparison.ReconcileAsked(
                index.facts().memorandum(),
                index.facts().category(),
                index.facts().purpose(),
                index.statement());
        return Draft.fresh(
                "reconcile",
                message,
                new Draft.Between(
                        signatories.authority(),
                        index.holder(),
                        signatories.pseudonyms(),
                        UtcSeconds.whole(clock.instant())),
                JsonNodeFactory.instance.objectNode());
    }

    @Override
    public void said(Draft draft, Statement statement) {
        // Nothing happens here until the other side has agreed.
    }
}
