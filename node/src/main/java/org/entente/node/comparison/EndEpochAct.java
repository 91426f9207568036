package org.entente.node.comparison;

import java.time.Clock;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Ending;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import tools.jackson.databind.node.JsonNodeFactory;

/** An officer ends the epoch of an index of the own authority before its time: its key is destroyed with the approval. */
public final class EndEpochAct implements Undertaking {
    private final Indices indices;
    private final OwnEpochs epochs;
    private final Clock clock;

    public EndEpochAct(Indices indices, OwnEpochs epochs, Clock clock) {
        this.indices = indices;
        this.epochs = epochs;
        this.clock = clock;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories) throws Malformed, RefusedAct, NothingHere {
        Indices.Announced index = indices.findWhole(facts.digest("index"))
                .filter(announced -> announced.own() && announced.holder().equals(signatories.authority()))
                .orElseThrow(NothingHere::new);
        facts.end();
        signatories.requireRole(ActName.INDEX);
        if (indices.ends().over(index)) {
            throw new Malformed("comparison.epoch-ended");
        }
        return Draft.fresh(
                "epoch-ended",
                OwnEpochs.message(index, Ending.Why.OFFICER),
                new Draft.Between(
                        index.holder(), index.reader(), signatories.pseudonyms(), UtcSeconds.whole(clock.instant())),
                JsonNodeFactory.instance.objectNode());
    }

    @Override
    public void said(Draft draft, Statement statement) throws RefusedAct {
        Ending.EpochEnded message = (Ending.EpochEnded) draft.message();
        if (!epochs.destroy(indices.find(message.index()).orElseThrow())) {
            throw new RefusedAct(Problem.of("comparison.epoch-ended"), List.of());
        }
    }
}
