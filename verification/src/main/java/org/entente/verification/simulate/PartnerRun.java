package org.entente.verification.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.Submission;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.delivery.AnswerJson;
import org.entente.exchange.delivery.Errands;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.RetryRule;

/** Carries out the errands towards one partner, each by calls whose answers come later or never. */
final class PartnerRun implements Errands.Situation {
    private static final RetryRule RULE =
            new RetryRule(RetryRule.USUAL.first(), RetryRule.USUAL.longest(), RetryRule.USUAL.answerWithin(), 16);
    /** A planted bug: no rest grows. */
    private static final RetryRule RESTLESS = new RetryRule(RULE.first(), RULE.first(), RULE.answerWithin(), 16);

    private static final Duration NOTHING_NEW = Duration.ofMinutes(20);
    private static final Duration FAULT = Duration.ofMinutes(5);

    private final SimulatedNode node;
    private final Cast.Member partner;
    private final Ledger ledger;
    private final Tables.Relationship with;
    private final Errands errands;
    /** Bodies of which something else lies in their place: as good as gone, until the node starts again. */
    private final Set<Digest> spoiled = new HashSet<>();

    private boolean assured;
    private boolean underway;
    private long planned;

    PartnerRun(SimulatedNode node, Cast.Member partner, Store store, Ledger ledger) {
        this.node = node;
        this.partner = partner;
        this.ledger = ledger;
        this.with = store.tables().with(partner.party());
        this.errands = new Errands(node.has(Flaw.ABSENT_CALLED_OFTEN) ? RESTLESS : RULE, node.random());
    }

    private PartyCode code() {
        return partner.party();
    }

    private Instant now() {
        return node.world().course().now();
    }

    void partnerCalled() {
        node.world().watch().rhythm().announced(node, code());
        if (!node.has(Flaw.RETURN_IGNORED)) {
            errands.partnerCalled(now());
            wake();
        }
    }

    /** Something was said or heard: looks at once. */
    void wake() {
        plan(Duration.ofMillis(1));
    }

    private void plan(Duration wait) {
        long mine = ++planned;
        node.later(wait, () -> {
            if (mine == planned && !underway) {
                step();
            }
        });
    }

    private void step() {
        Errands.Errand errand = errands.next(this, now());
        underway = !(errand instanceof Errands.Rest);
        switch (errand) {
            case Errands.Ask _ -> call(new Call.Seen(), this::asked);
            case Errands.Show show -> show(show.from());
            case Errands.Deliver deliver -> deliver(deliver.attempt());
            case Errands.Read _ -> read();
            case Errands.Rest rest ->
                plan(
                        node.has(Flaw.NEVER_AT_REST)
                                ? SimulatedNode.slowDisk()
                                : rest.until()
                                        .map(until -> Duration.between(now(), until))
                                        .orElse(Duration.ofHours(1)));
        }
    }

    private void call(Call call, Consumer<Optional<Call.Reply>> then) {
        SimulatedNode.Running run = node.running().orElseThrow();
        node.world().watch().rhythm().calls(node, code());
        node.world()
                .network()
                .call(
                        node.party(),
                        code(),
                        call,
                        reply -> node.guarded(run, () -> {
                            Optional<Call.Reply> answer = reply.filter(one -> !(one instanceof Call.Reply.Refused));
                            node.world().watch().rhythm().answered(node, code(), answer.isPresent());
                            try {
                                then.accept(answer);
                            } catch (Disk.Full full) {
                                errands.stumbled(now());
                                underway = false;
                                plan(Duration.ofMinutes(1));
                            }
                        }));
    }

    private void goOn() {
        underway = false;
        plan(SimulatedNode.slowDisk());
    }

    @Override
    public boolean isAssured() {
        return assured;
    }

    @Override
    public boolean mayAsk() {
        return goesOn();
    }

    @Override
    public boolean goesOn() {
        return !ledger.isStopped(code());
    }

    @Override
    public Optional<Long> unshownFrom() {
        Optional<SignedCheckpoint> head = ledger.head(code());
        return head.filter(newest -> newest.checkpoint().size() != with.cosigned)
                .map(newest -> with.cosigned);
    }

    @Override
    public List<Digest> waiting(int most) {
        List<Digest> waiting = new ArrayList<>(with.waiting);
        if (node.has(Flaw.NEWEST_FIRST)) {
            waiting = waiting.reversed();
        }
        return waiting.subList(0, Math.min(most, waiting.size()));
    }

    @Override
    public boolean mayRead() {
        return true;
    }

    private void asked(Optional<Call.Reply> reply) {
        if (reply.isEmpty() || !(reply.get() instanceof Call.Reply.Seen seen)) {
            errands.asked(Errands.Asked.UNANSWERED, now());
        } else {
            boolean hostile = node.world().watch().isHostile(node.party());
            boolean whole = hostile || ledger.holdsAllOf(code(), seen);
            if (!whole) {
                node.world().watch().older(node, code());
            }
            assured = whole;
            errands.asked(whole ? Errands.Asked.NEARER : Errands.Asked.NO_NEARER, now());
        }
        goOn();
    }

    private void show(long from) {
        Optional<SignedCheckpoint> newest = ledger.head(code());
        if (newest.isEmpty()) {
            errands.shown(Optional.empty(), Cosigner.of(card()), now());
            goOn();
            return;
        }
        SignedCheckpoint head = newest.get();
        node.world().watch().shown(node, head);
        Submission submission = new Submission(from, ledger.consistency(code(), from, head), head, Cosigner.of(card()));
        call(new Call.Head(submission.body()), reply -> {
            Optional<Submission.Outcome> outcome = reply.map(one -> one instanceof Call.Reply.Witnessed witnessed
                    ? submission.read(
                            witnessed.reply().status(),
                            witnessed.reply().contentType(),
                            witnessed.reply().body().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    : new Submission.Unusable(Problem.of("witness.reply-malformed")));
            switch (errands.shown(outcome, Cosigner.of(card()), now())) {
                case Errands.Kept kept -> ledger.keepCosigned(code(), kept.cosigned());
                case Errands.Doubt _ -> {
                    node.say("is told by " + code() + " that it has seen more");
                    assured = false;
                }
                case Errands.Again _, Errands.Unanswered _, Errands.Unshown _ -> {
                    // The next errand shows it again.
                }
            }
            goOn();
        });
    }

    private org.entente.evidence.card.PartyCard card() {
        return with.cards.orElseThrow().latest();
    }

    private void deliver(Lane.Underway attempt) {
        List<BodyReference> bodies = attempt.statements().stream()
                .flatMap(id -> ledger.stored(id).message().bodies().stream())
                .toList();
        bring(attempt, bodies, 0);
    }

    /** The bodies one after another, then the statements; a body that is not here any more is left out. */
    private void bring(Lane.Underway attempt, List<BodyReference> bodies, int at) {
        if (at == bodies.size()) {
            List<byte[]> documents =
                    attempt.statements().stream().map(ledger::bytes).toList();
            call(new Call.Statements(documents), reply -> {
                delivered(attempt, reply);
                goOn();
            });
            return;
        }
        Digest name = bodies.get(at).ciphertext();
        Optional<byte[]> body = body(name);
        if (body.isEmpty()) {
            bring(attempt, bodies, at + 1);
            return;
        }
        call(new Call.Body(name, body.get()), reply -> {
            if (reply.isPresent()) {
                bring(attempt, bodies, at + 1);
            } else {
                delivered(attempt, Optional.empty());
                goOn();
            }
        });
    }

    /** A body as it lies here; what turns out not to be the body is brought to nobody. */
    private Optional<byte[]> body(Digest name) {
        Optional<byte[]> body = isHere(name) ? node.disk().body(name) : Optional.empty();
        boolean other = body.isPresent() && !Digest.of(body.get()).equals(name);
        if (other && !node.has(Flaw.DAMAGE_NOT_SEEN)) {
            node.say("finds that the body " + name.hex().substring(0, 8) + " does not read");
            spoiled.add(name);
            return Optional.empty();
        }
        return body;
    }

    /** Whether a body lies here and reads, as far as is known. */
    private boolean isHere(Digest name) {
        return node.disk().holds(name) && !spoiled.contains(name);
    }

    private void delivered(Lane.Underway attempt, Optional<Call.Reply> reply) {
        Optional<List<Lane.Answer>> answers =
                reply.flatMap(one -> one instanceof Call.Reply.Answers all ? read(all.answers()) : Optional.empty());
        if (node.has(Flaw.SILENCE_IS_CONSENT) && answers.isEmpty()) {
            answers = Optional.of(attempt.statements().stream()
                    .<Lane.Answer>map(Lane.Answer.Acknowledged::new)
                    .toList());
        }
        answers = answers.map(all -> all.stream().map(this::withoutHope).toList());
        Lane.Settled settled = errands.delivered(attempt, answers, now());
        ledger.settle(code(), settled);
    }

    private static Optional<List<Lane.Answer>> read(List<byte[]> answers) {
        try {
            List<Lane.Answer> read = new ArrayList<>();
            for (byte[] answer : answers) {
                read.add(AnswerJson.read(CanonicalJson.parse(answer, 1 << 16)));
            }
            return Optional.of(read);
        } catch (Malformed malformed) {
            return Optional.empty();
        }
    }

    /** What can never be taken would hold up the lane for ever: its body is gone, or it is dated in this node's own future. */
    private Lane.Answer withoutHope(Lane.Answer answer) {
        if (node.has(Flaw.REFUSAL_REPEATED) && answer instanceof Lane.Answer.RefusedForGood refused) {
            return new Lane.Answer.Later(refused.statement(), Duration.ofSeconds(1));
        }
        if (!(answer instanceof Lane.Answer.Later)) {
            return answer;
        }
        Tables.Stored stored = ledger.stored(answer.statement());
        boolean gone = stored.message().bodies().stream().anyMatch(body -> !isHere(body.ciphertext()));
        boolean ahead = Lane.isHopelesslyAhead(stored.statement().at(), node.clock())
                || (node.has(Flaw.CLOCK_BLAMED_FOR_EVER) && node.clockWasWrong());
        if (gone || ahead || node.has(Flaw.LATER_IS_NEVER)) {
            String code = gone ? "link.body-gone" : "link.dated-ahead";
            return new Lane.Answer.RefusedForGood(
                    answer.statement(), Problem.of(code, answer.statement().hex()));
        }
        return answer;
    }

    private void read() {
        Optional<Long> from = ledger.unread(code());
        if (from.isEmpty()) {
            errands.nothingToRead(NOTHING_NEW, now());
            goOn();
            return;
        }
        call(new Call.Entries(from.get()), reply -> {
            if (reply.isPresent() && reply.get() instanceof Call.Reply.Entries entries) {
                boolean kept = ledger.mirror(code(), from.get(), entries.entries());
                errands.read(Optional.of(kept ? Duration.ZERO : FAULT), now());
            } else {
                errands.read(Optional.empty(), now());
            }
            goOn();
        });
    }
}
