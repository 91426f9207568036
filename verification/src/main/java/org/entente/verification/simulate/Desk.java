package org.entente.verification.simulate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.delivery.Effects;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.Reception;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.exchange.message.SentDecision;
import org.entente.exchange.passage.Passage;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.LifecycleEvent;

/** What the people and the duties of a node do: ask, decide, hand over, open, suspend; and what an accepted statement does here. */
final class Desk implements Effects {
    static final Category COMPANY = new Category("company");
    static final Purpose LAUNDERING = new Purpose("money-laundering");

    private final SimulatedNode node;
    private final Store store;
    private final Ledger ledger;

    Desk(SimulatedNode node, Store store, Ledger ledger) {
        this.node = node;
        this.store = store;
        this.ledger = ledger;
    }

    private Cast.Member own() {
        return node.own();
    }

    /** Takes up what was left to be done. */
    void resume() {
        store.tables().duties.forEach(this::plan);
    }

    /** Tells a partner who the officers are, once. */
    void introduce(Cast.Member partner) {
        store.write(writing -> {
            for (Cast.Officer officer : List.of(own().analyst(), own().liaison())) {
                Arrangement.OfficerAppointed appointed = new Arrangement.OfficerAppointed(
                        officer.pseudonym(),
                        officer.authority(),
                        officer.role(),
                        officer.keys().publicKeys());
                ledger.say(writing, appointed, own().party(), partner.party());
            }
        });
    }

    /** Asks a partner for an item. */
    void ask(Cast.Member partner) {
        if (isHeldUp(partner.party())) {
            return;
        }
        Instant at = ledger.wholeSecond();
        Digest caseDigest = Digest.of(("case " + node.random().nextLong()).getBytes(StandardCharsets.UTF_8));
        Act act = new Act.Request(
                new Circumstances(own().unit(), partner.unit(), LAUNDERING, COMPANY, at),
                grounds(own().analyst(), caseDigest));
        if (!isPermitted(act)) {
            return;
        }
        Message message = new Handover.ItemRequested(
                new Handover.ItemRequested.Subject(
                        COMPANY,
                        LAUNDERING,
                        caseDigest,
                        Handover.Urgency.ROUTINE,
                        new Handover.Hit(caseDigest, node.random().nextInt(1_000))),
                seal("what is asked for", partner),
                decided(act));
        sayApproved(message, own().analyst(), partner.unit(), at);
    }

    private boolean isHeldUp(PartyCode partner) {
        return !store.tables().with(partner).suspendedBy.isEmpty() || ledger.isStopped(partner);
    }

    private static Grounds grounds(Cast.Officer officer, Digest caseDigest) {
        return Grounds.approvedBy(officer.approver()).forCase(caseDigest.hex(), "Ley");
    }

    /** Whether the memorandum permits an act; with a wrong clock it may not. */
    private boolean isPermitted(Act act) {
        boolean permitted = mayBeSaid(act);
        if (!permitted) {
            node.say("is not permitted to " + act.name());
        }
        return permitted;
    }

    static boolean mayBeSaid(Act act) {
        return Passage.outgoing(act, List.of(Cast.IN_FORCE)).decision() instanceof Decision.Permitted;
    }

    static SentDecision decided(Act act) {
        return SentDecision.of(act, Passage.outgoing(act, List.of(Cast.IN_FORCE)));
    }

    private BodyReference seal(String words, Cast.Member partner) {
        byte[] content = (words + " " + node.random().nextLong()).getBytes(StandardCharsets.UTF_8);
        SealedBody sealed = SealedBody.seal(
                content,
                List.of(partner.bodies().recipient()),
                new GivenChance(node.random().nextLong()));
        node.disk().keep(sealed.reference().ciphertext(), sealed.ciphertext());
        return sealed.reference();
    }

    private void sayApproved(Message message, Cast.Officer officer, AuthorityCode to, Instant at) {
        Statement statement = approved(message, officer, to, at, own());
        store.write(writing -> {
            ledger.say(writing, statement, message);
        });
    }

    /** A statement with the approval of an officer, signed with the keys of its party. */
    static Statement approved(Message message, Cast.Officer officer, AuthorityCode to, Instant at, Cast.Member by) {
        StatementDraft draft = message.draft(by.unit(), to, at);
        Statement approval = new Approval(
                        officer.pseudonym(),
                        officer.authority(),
                        officer.role().word(),
                        message.kind().approvalPurpose(),
                        draft.approvalSubject())
                .sign(at, officer.keys());
        return Statement.sign(draft.withApprovals(List.of(approval)), by.keys().statement());
    }

    /** Suspends the memorandum towards everybody, or takes that back. */
    void declare(LifecycleEvent.Kind kind, List<Cast.Member> members) {
        Message message =
                new Arrangement.MemorandumDeclared(Declaration.of(kind, Cast.IN_FORCE.memorandum(), new TreeSet<>()));
        store.write(writing -> {
            for (Cast.Member member : members) {
                if (!member.party().equals(node.party())) {
                    ledger.say(writing, message, own().party(), member.party());
                    writing.row("suspension", later -> {
                        if (kind == LifecycleEvent.Kind.SUSPENDED) {
                            later.with(member.party()).suspendedBy.add(node.party());
                        } else {
                            later.with(member.party()).suspendedBy.remove(node.party());
                        }
                    });
                }
            }
        });
        node.say(kind == LifecycleEvent.Kind.SUSPENDED ? "suspends the memorandum" : "resumes the memorandum");
    }

    /** Replaces the own card by the next, with other keys for everything but the root: they sign from the moment at which it is said. */
    void succeed() {
        if (!own().hasNext()) {
            return;
        }
        Cast.Member next = own().under(own().serial() + 1);
        Message message = new Arrangement.CardReplaced(new CardSucceeded(next.card()));
        store.write(writing -> {
            for (Cast.Member member : node.world().members()) {
                if (!member.party().equals(node.party())) {
                    StatementDraft draft = message.draft(node.party(), member.party(), ledger.wholeSecond());
                    ledger.say(writing, Statement.sign(draft, own().root()), message);
                }
            }
            writing.row("succession", later -> later.serial = next.serial());
        });
        node.world().tally().succession();
        node.say("replaces its card by number " + next.serial());
    }

    // --- what comes in

    /** Receives a statement; here some of the planted bugs sit. */
    Lane.Answer receive(Reception reception, PartyCode caller, byte[] document) throws Malformed {
        return Planted.receive(node, reception, caller, document);
    }

    @Override
    public void apply(Statement statement, Message message) {
        if (isPoison(statement.id()) && !(message instanceof Arrangement.CardReplaced)) {
            node.world().tally().fault(Fault.POISON);
            throw new IllegalStateException("what this node cannot process");
        }
        Optional<Reply.Refused> refusal = refusal(statement, message);
        store.write(writing -> {
            if (refusal.isPresent()) {
                ledger.say(writing, refusal.get(), statement.to().orElseThrow(), statement.from());
                writing.row("refused", later -> later.effects.merge(statement.id(), 0, Integer::sum));
                return;
            }
            node.world().watch().effect(node, store.tables(), statement, message);
            writing.row("effect", later -> later.effects.merge(statement.id(), 1, Integer::sum));
            ledger.take(writing, statement, message);
            if (message instanceof Handover) {
                writing.row("duty", later -> later.duties.add(statement.id()));
                plan(statement.id());
            }
        });
    }

    /** Some statements stumble wherever they are processed, each time; a card that does is for people to mend, and none does here. */
    static boolean isPoison(Digest statement) {
        return statement.bytes()[0] == 0;
    }

    private Optional<Reply.Refused> refusal(Statement statement, Message message) {
        try {
            SortedSet<Approver> approvers = new TreeSet<>();
            if (!node.has(Flaw.APPROVALS_NOT_VERIFIED)) {
                PartyCode party = statement.from().party();
                for (Approval approval : node.world()
                        .watch()
                        .vouched()
                        .approvals(statement, message, pseudonym -> ledger.officer(party, pseudonym))) {
                    approvers.add(Approver.of(approval));
                }
            }
            if (!message.needsDecision() || node.has(Flaw.NOT_DECIDED)) {
                return Optional.empty();
            }
            return switch (judge(store.tables(), statement, message, approvers)) {
                case Passage.Permitted _ -> Optional.empty();
                case Passage.NotPermitted _ -> refused(statement, Reply.Reason.NOT_PERMITTED);
                case Passage.False _ -> refused(statement, Reply.Reason.DECISION_DIFFERS);
                case Passage.NotJudged _ -> refused(statement, Reply.Reason.OUT_OF_DATE);
            };
        } catch (Malformed notApproved) {
            return refused(statement, Reply.Reason.NOT_APPROVED);
        }
    }

    static Passage judge(Tables tables, Statement statement, Message message, SortedSet<Approver> approvers) {
        Optional<Message> question = message.answers()
                .map(tables.statements::get)
                .filter(asked -> Optional.of(asked.statement().from()).equals(statement.to())
                        && asked.statement().to().equals(Optional.of(statement.from())))
                .map(Tables.Stored::message);
        return Passage.incoming(
                new Passage.Incoming(statement, message, question, approvers, Set.of()),
                new Passage.Here(List.of(Cast.IN_FORCE), List.of(), act -> act));
    }

    private static Optional<Reply.Refused> refused(Statement statement, Reply.Reason reason) {
        return Optional.of(new Reply.Refused(statement.id(), reason, Optional.empty()));
    }

    // --- duties

    private void plan(Digest statement) {
        node.later(Duration.ofSeconds(30 + node.random().nextInt(20_000)), () -> attend(statement));
    }

    private void attend(Digest id) {
        if (!store.tables().duties.contains(id)) {
            return;
        }
        Tables.Stored stored = ledger.stored(id);
        switch (stored.message()) {
            case Handover.ItemRequested asked -> decide(stored.statement(), asked);
            case Handover.RequestDecided _ -> done(id);
            case Handover.ItemReleased released -> open(stored.statement(), released.item());
            default -> done(id);
        }
    }

    private void done(Digest id) {
        store.write(writing -> writing.row("done", later -> later.duties.remove(id)));
    }

    private void decide(Statement request, Handover.ItemRequested asked) {
        AuthorityCode asker = (AuthorityCode) request.from();
        if (isHeldUp(asker.party())) {
            plan(request.id());
            return;
        }
        boolean approves = node.random().nextInt(8) != 0;
        Instant at = ledger.wholeSecond();
        Envelope envelope = envelope(own(), at);
        Act act = releaseAct(asked, asker, envelope, at);
        if (!isPermitted(act)) {
            plan(request.id());
            return;
        }
        Handover.RequestDecided verdict = new Handover.RequestDecided(
                request.id(),
                approves ? Handover.Verdict.APPROVED : Handover.Verdict.REFUSED,
                Optional.of(approves ? "2.1" : "1.2"));
        Statement said = approved(verdict, own().liaison(), asker, at, own());
        Optional<Released> release = approves ? Optional.of(release(request, envelope, act)) : Optional.empty();
        store.write(writing -> {
            ledger.say(writing, said, verdict);
            release.ifPresent(one -> ledger.say(writing, one.statement(), one.message()));
            writing.row("done", later -> later.duties.remove(request.id()));
        });
    }

    private record Released(Statement statement, Message message) {}

    private Act releaseAct(Handover.ItemRequested asked, AuthorityCode asker, Envelope envelope, Instant at) {
        return new Act.Release(
                new Circumstances(own().unit(), asker, asked.subject().purpose(), COMPANY, at),
                new Grounds(
                        Optional.of(asked.subject().caseDigest().hex()),
                        Optional.of(envelope.provenance().legalBasis()),
                        Set.of(own().liaison().approver()),
                        Set.of()),
                Item.of(envelope));
    }

    private Released release(Statement request, Envelope envelope, Act act) {
        AuthorityCode asker = (AuthorityCode) request.from();
        Cast.Member partner = node.world().members().stream()
                .filter(member -> member.party().equals(asker.party()))
                .findFirst()
                .orElseThrow();
        Message message = new Handover.ItemReleased(
                request.id(), envelope, seal("an item", partner), List.of(), "AAAA", decided(act));
        Instant at = act.circumstances().at();
        return new Released(approved(message, own().liaison(), asker, at, own()), message);
    }

    static Envelope envelope(Cast.Member by, Instant at) {
        return Envelope.of(
                COMPANY,
                new TreeSet<>(List.of(LAUNDERING)),
                new Provenance(
                        by.unit(),
                        new Territory(by.party().text()),
                        LocalDate.ofInstant(at, ZoneOffset.UTC).minusDays(30),
                        "Ley",
                        Optional.empty(),
                        Digest.of(new byte[] {7})),
                new Marking(
                        Optional.of(new Grading(Grading.Source.A, 1)),
                        new Handling(Handling.Code.H1, Handling.Audience.AMBER),
                        SecrecyRegime.NONE,
                        PersonCategory.NOT_A_PERSON),
                Period.ofYears(1));
    }

    private boolean reads(BodyReference item) {
        Optional<byte[]> body = node.disk().body(item.ciphertext());
        try {
            if (body.isPresent()) {
                SealedBody.open(body.get(), item, List.of(own().bodies()));
            }
            return body.isPresent();
        } catch (Malformed unreadable) {
            return false;
        }
    }

    private void open(Statement release, BodyReference item) {
        Reply.Stage stage = reads(item) ? Reply.Stage.OPENED : Reply.Stage.UNREADABLE;
        store.write(writing -> {
            ledger.say(
                    writing,
                    new Reply.Receipt(release.id(), stage, Optional.empty()),
                    release.to().orElseThrow(),
                    release.from());
            writing.row("done", later -> later.duties.remove(release.id()));
        });
    }
}
