package org.entente.node.handover;

import java.time.Clock;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.Actor;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Handover;
import org.entente.exchange.proceeding.RequestProceeding;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.ledger.Statements;
import tools.jackson.databind.node.JsonNodeFactory;

/** The liaison officer of the requested authority decides about a request. */
public final class VerdictAct implements Undertaking {
    private final Requests requests;
    private final Statements statements;
    private final Clock clock;

    public VerdictAct(Requests requests, Statements statements, Clock clock) {
        this.requests = requests;
        this.statements = statements;
        this.clock = clock;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories) throws Malformed, RefusedAct, NothingHere {
        Digest request = facts.digest("request");
        Handover.Verdict verdict = Word.parse(Handover.Verdict.class, facts.text("verdict"));
        Optional<String> clause = facts.has("clause") ? Optional.of(facts.line("clause", 20)) : Optional.empty();
        facts.end();
        signatories.require(Role.LIAISON, ActName.RELEASE);
        requests.requireReceived(request, signatories.authority());
        if (!(requests.proceeding(request).state() instanceof RequestProceeding.State.Asked)) {
            throw new Malformed("handover.decided-already");
        }
        Actor asker = statements.find(request).orElseThrow().statement().from();
        return Draft.fresh(
                "request-decided",
                new Handover.RequestDecided(request, verdict, clause),
                new Draft.Between(
                        signatories.authority(), asker, signatories.pseudonyms(), UtcSeconds.whole(clock.instant())),
                JsonNodeFactory.instance.objectNode());
    }

    @Override
    public void said(Draft draft, Statement statement) {
        // The state of a request is folded from the statements.
    }
}
