package org.entente.node.comparison;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Decisions;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.ledger.Statements;
import tools.jackson.databind.node.JsonNodeFactory;

/** The second legal adviser agrees to a comparison of whole lists: with both signatures it can be decided. */
public final class AgreementAct implements Undertaking {
    private final Statements statements;
    private final Indices indices;
    private final Decisions decisions;
    private final ApproversOf approversOf;
    private final Clock clock;

    /** The officers whose approvals of a statement were verified. */
    public interface ApproversOf {
        SortedSet<Approver> statement(Statements.Entry entry) throws Malformed;
    }

    public AgreementAct(
            Statements statements, Indices indices, Decisions decisions, ApproversOf approversOf, Clock clock) {
        this.statements = statements;
        this.indices = indices;
        this.decisions = decisions;
        this.approversOf = approversOf;
        this.clock = clock;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories) throws Malformed, RefusedAct, NothingHere {
        Digest id = facts.digest("asked");
        facts.end();
        Statements.Entry entry = statements
                .find(id)
                .filter(found -> !found.outgoing()
                        && found.statement().to().equals(Optional.of(signatories.authority()))
                        && found.message() instanceof Comparison.ReconcileAsked)
                .orElseThrow(NothingHere::new);
        Comparison.ReconcileAsked asked = (Comparison.ReconcileAsked) entry.message();
        Indices.Announced index = indices.find(asked.index())
                .filter(announced -> announced.own() && announced.holder().equals(signatories.authority()))
                .orElseThrow(NothingHere::new);
        signatories.requireRole(ActName.RECONCILE);
        if (indices.ends().over(index)) {
            throw new Malformed("comparison.epoch-ended");
        }
        AuthorityCode asker = (AuthorityCode) entry.statement().from();
        Instant at = UtcSeconds.whole(clock.instant());
        SortedSet<Approver> approvers = new TreeSet<>(approversOf.statement(entry));
        approvers.addAll(signatories.approvers());
        Act act = new Act.Reconcile(
                new Circumstances(asker, signatories.authority(), asked.purpose(), asked.category(), at),
                new Grounds(Optional.empty(), Optional.empty(), approvers, Decisions.noConsents()),
                index.facts().size());
        SentDecision sent = decisions.permit(act);
        return Draft.fresh(
                "reconcile-agreed",
                new Comparison.ReconcileAgreed(id, sent),
                new Draft.Between(signatories.authority(), asker, signatories.pseudonyms(), at),
                JsonNodeFactory.instance.objectNode());
    }

    @Override
    public void said(Draft draft, Statement statement) {
        // The asker's node goes on by itself.
    }
}
