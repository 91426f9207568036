package org.entente.node.act;

import java.time.Clock;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.node.trial.PartyOnTrial;
import tools.jackson.databind.node.JsonNodeFactory;

/** An act that says the same whenever its facts are the same: it proposes to compare whole lists with an index. */
final class Proposing implements Undertaking {
    private final Clock clock;
    private int said;

    Proposing(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories) throws Malformed {
        Digest index = facts.digest("index");
        facts.end();
        return Draft.fresh(
                "reconcile",
                new Comparison.ReconcileAsked(
                        Digest.of(new byte[1]),
                        new Category("public-list-entry"),
                        new Purpose("money-laundering"),
                        index),
                new Draft.Between(
                        signatories.authority(),
                        PartyOnTrial.FINCEN,
                        signatories.pseudonyms(),
                        UtcSeconds.whole(clock.instant())),
                JsonNodeFactory.instance.objectNode());
    }

    @Override
    public void said(Draft draft, Statement statement) {
        said++;
    }

    int said() {
        return said;
    }
}
