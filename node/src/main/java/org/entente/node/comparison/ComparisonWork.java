package org.entente.node.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Reply;
import org.entente.exchange.message.SentDecision;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.IndexSeries;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.index.MatchInput;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.probe.ChargeCheck;
import org.entente.matching.probe.ChargedBatch;
import org.entente.matching.probe.MalformedBatch;
import org.entente.matching.probe.ProbeBatch;
import org.entente.matching.probe.ProbeQuery;
import org.entente.matching.probe.ProbeResult;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.node.act.Decisions;
import org.entente.node.act.RefusedAct;
import org.entente.node.body.Bodies;
import org.entente.node.comparison.IndexAct.Chance;
import org.entente.node.holding.Holdings;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;

/** The long work of comparing: opening an index, evaluating a batch, reading an answer, comparing a whole list. */
public final class ComparisonWork {
    private static final int BATCH_ELEMENTS = 16_384;

    private final Indices indices;
    private final IndexShelf shelf;
    private final Probes probes;
    private final Exchange exchange;
    private final Holdings holdings;
    private final Chance chance;

    /** What comparing takes of the rest of the node. */
    public record Exchange(
            Statements statements,
            Voice voice,
            Bodies bodies,
            Decisions decisions,
            AgreementAct.ApproversOf approversOf) {}

    public ComparisonWork(
            Indices indices, IndexShelf shelf, Probes probes, Exchange exchange, Holdings holdings, Chance chance) {
        this.indices = indices;
        this.shelf = shelf;
        this.probes = probes;
        this.exchange = exchange;
        this.holdings = holdings;
        this.chance = chance;
    }

    /** Runs the effect of a piece of work in one transaction, unless it was done before. */
    public interface Once {
        void run(Runnable effect);
    }

    /** Opens a partner's index and keeps it, if it is the one that was announced and its epoch lives. */
    public void openIndex(Statement statement, Comparison.IndexAnnounced announced, Once once)
            throws IOException, Malformed {
        if (indices.ends().over(indices.find(statement.id()).orElseThrow())) {
            once.run(() -> {});
            return;
        }
        AuthorityCode reader = (AuthorityCode) statement.to().orElseThrow();
        AuthorityCode holder = (AuthorityCode) statement.from();
        BodyReference body = announced.index().orElseThrow(() -> new Malformed("comparison.index-not-shared"));
        byte[] bytes = exchange.bodies.open(body, reader);
        MatchIndex index = IndexShelf.open(bytes, announced.commitment().paddedSize());
        Digest context = IndexAct.context(
                announced.scope(), holder, reader, announced.epoch().number());
        boolean same = Digest.ofBytes(index.root().bytes())
                        .equals(announced.commitment().root())
                && index.entries() == announced.commitment().paddedSize()
                && index.epoch() == announced.epoch().number()
                && index.generation() == announced.generation()
                && continues(statement, announced)
                && Digest.ofBytes(index.announcement().bytes()).equals(context)
                && Base64Text.url(index.publicKey().encode())
                        .equals(announced.commitment().publicKey());
        if (!same) {
            throw new Malformed("comparison.index-other");
        }
        shelf.keepReceived(announced.commitment().root(), bytes);
        once.run(() -> {
            opened(statement);
            if (!indices.ends().hold(statement.id())) {
                erase(announced.commitment().root());
            }
        });
    }

    private void erase(Digest root) {
        try {
            shelf.erase(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes are under the key of the whole list that they change. */
    private boolean continues(Statement statement, Comparison.IndexAnnounced announced) {
        if (announced.generation() == 0) {
            return true;
        }
        List<Indices.Announced> generations =
                indices.generations(indices.find(statement.id()).orElseThrow());
        return generations.size() > announced.generation()
                && Base64Text.url(generations.getFirst().facts().publicKey().encode())
                        .equals(announced.commitment().publicKey());
    }

    /** Evaluates a partner's batch, which was charged when it was accepted, and answers while the epoch lives. */
    public void evaluate(Statement statement, Comparison.ProbeAsked asked, Once once)
            throws IOException, Malformed, RefusedAct {
        AuthorityCode holder = (AuthorityCode) statement.to().orElseThrow();
        AuthorityCode asker = (AuthorityCode) statement.from();
        Optional<Indices.Announced> own = indices.findWhole(asked.index())
                .filter(announced -> announced.own()
                        && announced.holder().equals(holder)
                        && announced.reader().equals(asker));
        if (own.isEmpty()) {
            once.run(() -> refuse(statement, Reply.Reason.OUT_OF_DATE));
            return;
        }
        Indices.Announced index = own.get();
        if (indices.ends().over(index)) {
            once.run(() -> refuse(statement, Reply.Reason.EPOCH_ENDED));
            return;
        }
        byte[] batch = exchange.bodies.open(asked.batch().blinded(), holder);
        exchange.bodies.open(asked.batch().justification(), holder);
        byte[] answer = evaluate(batch, asked, index, statement.id());
        SentDecision sent = decide(statement, asked, asker, holder, index);
        BodyReference body = exchange.bodies.seal(answer, asker);
        once.run(() -> {
            opened(statement);
            if (!indices.ends().hold(index.statement())) {
                refuse(statement, Reply.Reason.EPOCH_ENDED);
                return;
            }
            exchange.voice.say(
                    new Comparison.ProbeAnswered(statement.id(), body, sent).draft(holder, asker, at(sent)),
                    new Comparison.ProbeAnswered(statement.id(), body, sent),
                    asker.party(),
                    said -> {});
        });
    }

    /**
     * The charge stays: it was for asking, and not for the answer. An index of ours is recorded in the transaction that announces it, before a
     * partner can name it, so what is not here now never will be; the words are the same for what never was and for what is another's.
     */
    private void refuse(Statement question, Reply.Reason reason) {
        exchange.voice.say(
                new Reply.Refused(question.id(), reason, Optional.empty()),
                question.to().orElseThrow(),
                question.from());
    }

    private byte[] evaluate(byte[] bytes, Comparison.ProbeAsked asked, Indices.Announced index, Digest ask)
            throws IOException, Malformed {
        EpochKey key = shelf.key(index.facts().root());
        try {
            ProbeBatch batch = ProbeBatch.parse(bytes);
            boolean same = batch.count() == asked.batch().elements()
                    && Digest.ofBytes(batch.digest().bytes())
                            .equals(asked.batch().digest());
            if (!same) {
                throw new Malformed("comparison.batch-other");
            }
            return switch (batch.charged(batch.due())) {
                case ChargedBatch charged ->
                    charged.evaluate(key, org.entente.matching.index.Digest.of(ask.bytes()), chance.random());
                case ChargeCheck.Uncharged _ -> throw new Malformed("comparison.batch-other");
            };
        } catch (MalformedBatch e) {
            throw new Malformed("matching.batch." + IndexShelf.word(e.reason()));
        } finally {
            key.destroy();
        }
    }

    /** The answerer's own decision about the question, at the moment of the answer. */
    private SentDecision decide(
            Statement statement,
            Comparison.ProbeAsked asked,
            AuthorityCode asker,
            AuthorityCode holder,
            Indices.Announced index)
            throws Malformed, RefusedAct {
        Act sent = Act.fromJson(asked.sent().actJson(), exchange.decisions.authorisations());
        Circumstances now = new Circumstances(
                asker,
                holder,
                asked.purpose(),
                asked.category(),
                UtcSeconds.whole(chance.clock().instant()));
        SortedSet<Approver> approvers = approvers(statement);
        Grounds grounds = new Grounds(
                sent.grounds().caseReference(), sent.grounds().legalBasis(), approvers, Decisions.noConsents());
        return exchange.decisions.permit(
                switch (sent) {
                    case Act.Probe probe ->
                        new Act.Probe(
                                now, grounds, probe.charge(), index.facts().size());
                    case Act.Watch watch ->
                        new Act.Watch(
                                now, grounds, watch.charge(), index.facts().size(), watch.rounds());
                    case Act.Reconcile _ ->
                        new Act.Reconcile(now, grounds, index.facts().size());
                    default -> throw new Malformed("exchange.act-differs", "act");
                });
    }

    private SortedSet<Approver> approvers(Statement statement) throws Malformed {
        return exchange.approversOf.statement(
                exchange.statements.find(statement.id()).orElseThrow());
    }

    private Instant at(SentDecision sent) {
        try {
            return Act.fromJson(sent.actJson(), exchange.decisions.authorisations())
                    .circumstances()
                    .at();
        } catch (Malformed e) {
            throw new IllegalStateException("our own act does not read", e);
        }
    }

    /** Reads a partner's answer: verifies, unblinds, looks up, keeps the hits. What was asked stays sealed, for oversight. */
    public void read(Statement statement, Comparison.ProbeAnswered answered, Once once) throws IOException, Malformed {
        Statements.Entry question = exchange.statements.find(answered.asked()).orElseThrow();
        Comparison.ProbeAsked asked = (Comparison.ProbeAsked) question.message();
        AuthorityCode asker = (AuthorityCode) statement.to().orElseThrow();
        if (!question.statement().to().equals(Optional.of(statement.from()))) {
            throw new Malformed("comparison.answer-of-another");
        }
        Indices.Announced index = indices.find(asked.index()).orElseThrow();
        List<Indices.Announced> generations = shelf.atHand(indices.generations(index));
        if (generations.isEmpty() && indices.ends().over(index)) {
            once.run(() -> probes.failed(answered.asked(), Reply.Reason.EPOCH_ENDED.word()));
            return;
        }
        byte[] answer = exchange.bodies.open(answered.evaluated(), asker);
        ProbeQuery query = probes.openings().resume(asked.batch().digest());
        ProbeResult result = finish(query, answer, answered.asked(), generations);
        query.destroy();
        switch (result) {
            case ProbeResult.Found found ->
                once.run(() -> {
                    probes.answered(answered.asked(), statement.id(), generations, found.findings());
                    probes.watches().evaluated(answered.asked(), found.evaluated());
                    opened(statement);
                });
            case ProbeResult.AnswerRefused refused ->
                once.run(() -> probes.failed(answered.asked(), "matching.answer." + IndexShelf.word(refused.reason())));
        }
    }

    private ProbeResult finish(ProbeQuery query, byte[] answer, Digest ask, List<Indices.Announced> generations)
            throws IOException, Malformed {
        List<MatchIndex> opened = new ArrayList<>();
        for (Indices.Announced generation : generations) {
            opened.add(shelf.open(generation.facts().root()));
        }
        try {
            return query.finish(
                    answer,
                    generations.getFirst().facts().publicKey(),
                    org.entente.matching.index.Digest.of(ask.bytes()),
                    IndexSeries.of(opened));
        } catch (DamagedIndex e) {
            throw IndexShelf.damaged(e);
        }
    }

    /** Asks about everything that our authority holds in the category, in as many batches as it takes. */
    public void reconcile(Statement statement, Comparison.ReconcileAgreed agreed, Once once)
            throws IOException, Malformed, RefusedAct {
        Comparison.ReconcileAsked asked = (Comparison.ReconcileAsked)
                exchange.statements.find(agreed.asked()).orElseThrow().message();
        AuthorityCode asker = (AuthorityCode) statement.to().orElseThrow();
        Indices.Announced index = indices.find(asked.index()).orElseThrow();
        if (indices.ends().over(index)) {
            once.run(() -> {});
            return;
        }
        List<MatchInput> inputs = new ArrayList<>();
        for (IdentifierType type : IdentifierType.values()) {
            if (!index.facts().holds(type)) {
                continue;
            }
            for (Identifier identifier : holdings.ownIdentifiers(asker, asked.category(), type)) {
                inputs.add(ProbeAct.input(identifier));
            }
        }
        List<Ready> ready = new ArrayList<>();
        for (int from = 0; from < inputs.size(); from += BATCH_ELEMENTS) {
            ready.add(batch(
                    inputs.subList(from, Math.min(inputs.size(), from + BATCH_ELEMENTS)), statement, asked, index));
        }
        once.run(() -> ready.forEach(one -> ask(one, asker, index)));
    }

    private record Ready(Comparison.ProbeAsked message, int inputs, Instant at) {}

    private Ready batch(
            List<MatchInput> inputs, Statement agreement, Comparison.ReconcileAsked asked, Indices.Announced index)
            throws IOException, Malformed, RefusedAct {
        AuthorityCode asker = (AuthorityCode) agreement.to().orElseThrow();
        Instant at = UtcSeconds.whole(chance.clock().instant());
        Act act = new Act.Reconcile(
                new Circumstances(asker, index.holder(), asked.purpose(), asked.category(), at),
                new Grounds(Optional.empty(), Optional.empty(), approvers(agreement), Decisions.noConsents()),
                index.facts().size());
        SentDecision sent = exchange.decisions.permit(act);
        ProbeQuery query = ProbeQuery.prepare(inputs, ProbeAct.PADDING_STEP, chance.random());
        probes.openings().keep(query);
        BodyReference blinded = exchange.bodies.seal(query.batchBytes(), index.holder());
        BodyReference why = exchange.bodies.seal(ProbeAct.reconcileJustification(agreement.id()), index.holder());
        Comparison.Batch batch = ProbeAct.batch(query, blinded, why);
        query.destroy();
        return new Ready(
                new Comparison.ProbeAsked(
                        new Comparison.Ground.UnderReconcile(agreement.id()),
                        asked.category(),
                        asked.purpose(),
                        index.statement(),
                        batch,
                        sent),
                inputs.size(),
                at);
    }

    private void ask(Ready ready, AuthorityCode asker, Indices.Announced index) {
        exchange.voice.say(
                ready.message.draft(asker, index.holder(), ready.at),
                ready.message,
                index.holder().party(),
                said -> {
                    probes.charge(said.id(), asker.party(), ready.message);
                    probes.asked(
                            new Probes.Asked(
                                    said.id(),
                                    "reconcile",
                                    asker,
                                    index.statement(),
                                    Optional.empty(),
                                    new Probes.Details(
                                            ready.message.purpose().code(),
                                            ready.inputs,
                                            Optional.empty(),
                                            Optional.empty())),
                            ready.message.batch().digest(),
                            "");
                });
    }

    private void opened(Statement statement) {
        exchange.voice.say(
                new Reply.Receipt(statement.id(), Reply.Stage.OPENED, Optional.empty()),
                statement.to().orElseThrow(),
                statement.from());
    }
}
