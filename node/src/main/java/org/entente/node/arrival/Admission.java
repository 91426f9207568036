package org.entente.node.arrival;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Approvals;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Reply;
import org.entente.exchange.passage.Passage;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.DecisionRecord;
import org.entente.node.comparison.Indices;
import org.entente.node.comparison.Probes;
import org.entente.node.comparison.QuotaWindow;
import org.entente.node.ledger.Statements;
import org.entente.node.memoranda.EpochBound;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.officer.Officers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a partner's statement may have its effect: its officers approved it, its sender's decision is what its inputs
 * give, and this node, with its own clock, counters and standings, decides the same.
 */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Officers officers;
    private final Statements statements;
    private final Memoranda memoranda;
    private final OwnFacts facts;
    private final Agreements agreements;
    private final WatchTerms watches;

    /** What this node counts itself, and does not take from a partner. */
    public record OwnFacts(Indices indices, Probes probes, QuotaWindow quota, Clock clock) {}

    public Admission(Officers officers, Statements statements, Memoranda memoranda, OwnFacts facts) {
        this.officers = officers;
        this.statements = statements;
        this.memoranda = memoranda;
        this.facts = facts;
        this.agreements = new Agreements(statements, facts.probes(), facts.clock());
        this.watches = new WatchTerms(statements, memoranda, facts);
    }

    /** The reply that refuses the statement; empty when it may have its effect. */
    public Optional<Reply.Refused> refusal(Statement statement, Message message) {
        SortedSet<Approver> approvers;
        try {
            approvers = approvers(statement, message);
        } catch (Malformed notApproved) {
            LOG.warn("{} is not approved: {}", statement, notApproved.problem());
            return Optional.of(refused(statement, Reply.Reason.NOT_APPROVED, Optional.empty()));
        }
        if (message instanceof Comparison.IndexAnnounced announced) {
            return lastsTooLong(statement, announced);
        }
        if (namedIndex(message).filter(index -> isOver(statement, index)).isPresent()) {
            return Optional.of(refused(statement, Reply.Reason.EPOCH_ENDED, Optional.empty()));
        }
        if (message instanceof Procedure
                && !memoranda.everAgreed(statement.from().party())) {
            LOG.warn("{} is a step of a proceeding, and nothing was ever agreed", statement);
            return Optional.of(refused(statement, Reply.Reason.NOT_PERMITTED, Optional.empty()));
        }
        if (!message.needsDecision()) {
            return Optional.empty();
        }
        if (message instanceof Comparison.ProbeAsked asked
                && asked.ground() instanceof Comparison.Ground.UnderReconcile under
                && !agreements.cover(statement, asked, under.agreed())) {
            LOG.warn("{} does not stand under the agreement that it names", statement);
            return Optional.of(refused(statement, Reply.Reason.NOT_PERMITTED, Optional.empty()));
        }
        if (message instanceof Comparison.ProbeAsked asked
                && asked.ground() instanceof Comparison.Ground.UnderWatch under
                && !watches.cover(statement, asked, under.asked())) {
            LOG.warn("{} does not stand under the watch that it names", statement);
            return Optional.of(refused(statement, Reply.Reason.NOT_PERMITTED, Optional.empty()));
        }
        // Only what its receiver asked of its speaker is a question that it can answer.
        Optional<Message> question = message.answers()
                .flatMap(statements::find)
                .filter(asked -> Optional.of(asked.statement().from()).equals(statement.to())
                        && asked.statement().to().equals(Optional.of(statement.from())))
                .map(Statements.Entry::message);
        Passage passage = Passage.incoming(
                new Passage.Incoming(statement, message, question, approvers, Set.of()),
                new Passage.Here(
                        memoranda.standings(statement.from().party()),
                        memoranda.authorisations(),
                        act -> own(act, message)));
        return refusal(passage, statement, message);
    }

    /** What the second decision comes to. */
    private Optional<Reply.Refused> refusal(Passage passage, Statement statement, Message message) {
        return switch (passage) {
            case Passage.Permitted _ -> {
                boolean sweeps = message instanceof Comparison.ProbeAsked asked && sweeps(statement, asked);
                yield sweeps ? Optional.of(refused(statement, Reply.Reason.QUOTA, Optional.empty())) : Optional.empty();
            }
            case Passage.NotJudged not -> {
                LOG.warn("{} cannot be judged: {}", statement, not.problem());
                yield Optional.of(refused(statement, Reply.Reason.OUT_OF_DATE, Optional.empty()));
            }
            case Passage.False wrong -> {
                LOG.warn("{} carries a false decision: {}", statement, wrong.problem());
                yield Optional.of(refused(statement, Reply.Reason.DECISION_DIFFERS, Optional.empty()));
            }
            case Passage.NotPermitted not -> Optional.of(notPermitted(statement, not.own()));
        };
    }

    private static Optional<Digest> namedIndex(Message message) {
        return switch (message) {
            case Comparison.ProbeAsked asked -> Optional.of(asked.index());
            case Comparison.WatchAsked asked -> Optional.of(asked.matter().index());
            case Comparison.ReconcileAsked asked -> Optional.of(asked.index());
            default -> Optional.empty();
        };
    }

    /** Whether it asks about an index of ours that was made for the asker, and whose epoch has ended. */
    private boolean isOver(Statement statement, Digest index) {
        return ownFor(statement, index)
                .filter(found -> found.facts().over(facts.clock().instant()))
                .isPresent();
    }

    /** An index that the one who is asked made for the one who asks. */
    private Optional<Indices.Announced> ownFor(Statement statement, Digest index) {
        return facts.indices()
                .findWhole(index)
                .filter(found -> found.own()
                        && found.reader().equals(statement.from())
                        && statement.to().filter(found.holder()::equals).isPresent());
    }

    /** An index lasts no longer than the memorandum lets it, reckoned from its announcement. */
    private Optional<Reply.Refused> lastsTooLong(Statement statement, Comparison.IndexAnnounced announced) {
        if (!(statement.from() instanceof AuthorityCode holder)
                || !(statement.to().orElse(null) instanceof AuthorityCode reader)
                || announced.scope().purpose().isEmpty()) {
            return Optional.empty(); // Unusable for a reason of its own, which its effect names.
        }
        Circumstances use = new Circumstances(
                reader,
                holder,
                announced.scope().purpose().get(),
                announced.scope().category(),
                statement.at());
        Optional<EpochBound> bound = memoranda.epochBound(announced.scope().memorandum(), use);
        if (bound.isPresent() && !announced.epoch().until().isAfter(bound.get().until())) {
            return Optional.empty();
        }
        LOG.warn("{} announces an index that the memorandum does not let last so long", statement);
        return Optional.of(refused(statement, Reply.Reason.NOT_PERMITTED, bound.map(EpochBound::clause)));
    }

    /** The officers who approved a statement; what answers a question rests on the question's approvals too. */
    public SortedSet<Approver> approvers(Statement statement, Message message) throws Malformed {
        SortedSet<Approver> approvers = new TreeSet<>();
        PartyCode party = statement.from().party();
        for (Approval approval :
                Approvals.verify(statement, message, pseudonym -> officers.appointment(party, pseudonym))) {
            approvers.add(Approver.of(approval));
        }
        requirePersons(party, approvers);
        requireOwn(statement, message, approvers);
        for (Digest basis : bases(message)) {
            Statements.Entry entry = statements
                    .find(basis)
                    .filter(found -> isBasis(message, found.message()))
                    .orElseThrow(() -> new Malformed("exchange.question-unknown"));
            approvers.addAll(approvers(entry.statement(), entry.message()));
        }
        return approvers;
    }

    /** Whoever holds the keys is the officer: the same keys under two names are one approval, said twice. */
    private void requirePersons(PartyCode party, SortedSet<Approver> approvers) throws Malformed {
        Set<Object> keys = new HashSet<>();
        for (Approver approver : approvers) {
            PublicKeys own = officers.appointment(party, approver.officer())
                    .orElseThrow(() -> new Malformed("exchange.approval-unknown-officer", approver.officer()))
                    .keys();
            if (!keys.add(own.ed25519()) || !keys.add(own.mlDsa65())) {
                throw new Malformed("exchange.approval-twice", approver.officer());
            }
        }
    }

    /** What an authority says, an officer of that very authority approves, whoever else of its party does too. */
    private static void requireOwn(Statement statement, Message message, SortedSet<Approver> approvers)
            throws Malformed {
        boolean own = message.approvers().isEmpty()
                || approvers.stream()
                        .anyMatch(approver -> statement.from().equals(approver.authority())
                                && message.approvers().contains(approver.role()));
        if (!own) {
            throw new Malformed("exchange.approval-missing", message.kind().word());
        }
    }

    /** An answer rests on a probe, a probe on an agreement or a watch, an agreement on a proposal: so the way down has an end. */
    private static boolean isBasis(Message message, Message basis) {
        return switch (message) {
            case Comparison.ProbeAnswered _ -> basis instanceof Comparison.ProbeAsked;
            case Comparison.ProbeAsked asked ->
                switch (asked.ground()) {
                    case Comparison.Ground.UnderCase _ -> false;
                    case Comparison.Ground.UnderReconcile _ -> basis instanceof Comparison.ReconcileAgreed;
                    case Comparison.Ground.UnderWatch _ -> basis instanceof Comparison.WatchAsked;
                };
            case Comparison.ReconcileAgreed _ -> basis instanceof Comparison.ReconcileAsked;
            default -> false;
        };
    }

    private static List<Digest> bases(Message message) {
        List<Digest> bases = new ArrayList<>();
        switch (message) {
            case Comparison.ReconcileAgreed agreed -> bases.add(agreed.asked());
            case Comparison.ProbeAnswered answered -> bases.add(answered.asked());
            case Comparison.ProbeAsked asked
            when asked.ground() instanceof Comparison.Ground.UnderReconcile under -> bases.add(under.agreed());
            case Comparison.ProbeAsked asked
            when asked.ground() instanceof Comparison.Ground.UnderWatch under -> bases.add(under.asked());
            default -> {
                // Stands on its own approvals.
            }
        }
        return bases;
    }

    private Act own(Act act, Message message) {
        Instant now = facts.clock().instant();
        Circumstances at = at(act.circumstances(), now);
        return switch (act) {
            case Act.Probe probe ->
                new Act.Probe(
                        at,
                        probe.grounds(),
                        charge(probe.charge().identifiers(), at, message, now),
                        indexSize(message).orElse(probe.indexIdentifiers()));
            case Act.Watch watch ->
                new Act.Watch(
                        at,
                        watch.grounds(),
                        charge(watch.charge().identifiers(), at, message, now),
                        indexSize(message).orElse(watch.indexIdentifiers()),
                        watch.rounds());
            case Act.Reconcile reconcile ->
                new Act.Reconcile(at, reconcile.grounds(), indexSize(message).orElse(reconcile.indexIdentifiers()));
            case Act.Index index -> new Act.Index(at, index.grounds(), index.item());
            case Act.Request request -> new Act.Request(at, request.grounds());
            case Act.Release release -> new Act.Release(at, release.grounds(), release.item());
            case Act.Disseminate disseminate -> new Act.Disseminate(at, disseminate.grounds(), disseminate.item());
            case Act.Export export -> new Act.Export(at, export.grounds(), export.received());
            case Act.Contribute _, Act.Forward _, Act.Use _, Act.Retain _, Act.Announce _ ->
                throw new IllegalArgumentException("no message carries it: " + act.name());
        };
    }

    /** What the asker was charged before this question; the question that is being answered is not counted twice. */
    private Act.Charge charge(long elements, Circumstances circumstances, Message message, Instant now) {
        PartyCode asker = circumstances.by().party();
        PartyCode partner = memoranda.isOwn(asker) ? circumstances.counterpart().party() : asker;
        return facts.quota()
                .charge(
                        elements,
                        partner,
                        now,
                        since -> message.answers()
                                .map(question -> facts.probes().chargedBesides(asker, since, question))
                                .orElseGet(() -> facts.probes().charged(asker, since)));
    }

    /** The ceiling that no memorandum lifts: so little of the space of identifiers that it cannot be swept. */
    private boolean sweeps(Statement statement, Comparison.ProbeAsked asked) {
        boolean counts = switch (asked.ground()) {
            case Comparison.Ground.UnderCase _, Comparison.Ground.UnderWatch _ -> true;
            case Comparison.Ground.UnderReconcile _ -> false;
        };
        Instant since = facts.clock().instant().minus(QuotaWindow.SPACE_TERM);
        long charged = facts.probes().charged(statement.from().party(), since);
        return counts
                && ownFor(statement, asked.index())
                        .filter(index -> charged + asked.batch().elements() > QuotaWindow.spaceCeiling(index.facts()))
                        .isPresent();
    }

    private Optional<Long> indexSize(Message message) {
        return switch (message) {
            case Comparison.ProbeAsked asked ->
                facts.indices().find(asked.index()).map(index -> index.facts().size());
            case Comparison.WatchAsked asked ->
                facts.indices()
                        .find(asked.matter().index())
                        .map(index -> index.facts().size());
            default -> Optional.empty();
        };
    }

    private static Circumstances at(Circumstances given, Instant now) {
        return new Circumstances(given.by(), given.counterpart(), given.purpose(), given.category(), now);
    }

    private static Reply.Refused notPermitted(Statement statement, DecisionRecord own) {
        Decision decision = own.decision();
        boolean quota = decision instanceof Decision.Refused refused
                && refused.problem().code().equals("memorandum.decision.quota");
        Optional<String> clause = decision.clauses().stream()
                .findFirst()
                .map(citation -> citation.clause().text());
        return refused(statement, quota ? Reply.Reason.QUOTA : Reply.Reason.NOT_PERMITTED, clause);
    }

    static Reply.Refused refused(Statement statement, Reply.Reason reason, Optional<String> clause) {
        return new Reply.Refused(statement.id(), reason, clause);
    }
}
