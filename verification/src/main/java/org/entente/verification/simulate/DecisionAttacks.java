package org.entente.verification.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.Role;

/** Attacks with what both must permit: approvals that nobody gave, acts that are not the stated ones, decisions that their inputs do not give. */
final class DecisionAttacks {
    private DecisionAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        approvals(all);
        officers(all);
        requests(all);
        releases(all);
        bodies(all);
        return all;
    }

    /** A request as it should be, in its parts. */
    private record Asking(Digest caseDigest, Act act, BodyReference facts, Instant at) {
        static Asking by(Intruder hand) {
            Instant at = hand.now();
            Digest caseDigest = hand.anything();
            Act act = new Act.Request(
                    new Circumstances(hand.me().unit(), hand.victim().unit(), Desk.LAUNDERING, Desk.COMPANY, at),
                    Grounds.approvedBy(hand.me().analyst().approver()).forCase(caseDigest.hex(), "Ley"));
            return new Asking(caseDigest, act, brought(hand), at);
        }

        Message message(Purpose purpose, SentDecision sent) {
            return new Handover.ItemRequested(
                    new Handover.ItemRequested.Subject(
                            Desk.COMPANY,
                            purpose,
                            caseDigest,
                            Handover.Urgency.ROUTINE,
                            new Handover.Hit(caseDigest, 1)),
                    facts,
                    sent);
        }

        Message message() {
            return message(Desk.LAUNDERING, decided(act));
        }
    }

    /** An act that both may do; while the victim's clock is years off there is none. */
    private static SentDecision decided(Act act) {
        if (!Desk.mayBeSaid(act)) {
            throw new Intruder.NotNow();
        }
        return Desk.decided(act);
    }

    private static BodyReference brought(Intruder hand) {
        SealedBody body = sealed(hand);
        hand.bodyTaken(body.reference().ciphertext(), body.ciphertext());
        return body.reference();
    }

    private static SealedBody sealed(Intruder hand) {
        byte[] content = new byte[40];
        hand.random().nextBytes(content);
        return SealedBody.seal(
                content,
                List.of(hand.victim().bodies().recipient()),
                new GivenChance(hand.random().nextLong()));
    }

    private static Statement signed(Intruder hand, Message message, Instant at, Statement... approvals) {
        StatementDraft draft = message.draft(hand.me().unit(), hand.victim().unit(), at);
        StatementDraft whole = approvals.length == 0 ? draft : draft.withApprovals(Arrays.asList(approvals));
        return Statement.sign(whole, hand.me().keys().statement());
    }

    private static Statement approval(
            Intruder hand, Message message, Instant at, Cast.Officer officer, Optional<Digest> other) {
        StatementDraft draft = message.draft(hand.me().unit(), hand.victim().unit(), at);
        return new Approval(
                        officer.pseudonym(),
                        officer.authority(),
                        officer.role().word(),
                        message.kind().approvalPurpose(),
                        other.orElse(draft.approvalSubject()))
                .sign(at, officer.keys());
    }

    /** The introductions must have come before anything can be judged by who approved it. */
    private static void requireIntroduced(Intruder hand) {
        if (!hand.victims()
                        .officers
                        .containsKey(hand.party() + "/" + hand.me().analyst().pseudonym())
                || !hand.victims()
                        .officers
                        .containsKey(hand.party() + "/" + hand.me().liaison().pseudonym())) {
            throw new Intruder.NotNow();
        }
    }

    private static void approvals(List<Attack> all) {
        all.add(new Attack("approved-by-nobody", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            hand.refusedAloud(signed(hand, asking.message(), asking.at()), Reply.Reason.NOT_APPROVED);
        }));
        all.add(new Attack("approved-by-an-officer-whom-nobody-appointed", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Cast.Officer stranger = new Cast.Officer(
                    "stranger",
                    hand.me().unit(),
                    Role.ANALYST,
                    hand.me().analyst().keys());
            Statement approval = approval(hand, asking.message(), asking.at(), stranger, Optional.empty());
            hand.refusedAloud(signed(hand, asking.message(), asking.at(), approval), Reply.Reason.NOT_APPROVED);
        }));
        all.add(new Attack("approval-of-something-else", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Statement approval =
                    approval(hand, asking.message(), asking.at(), hand.me().analyst(), Optional.of(hand.anything()));
            hand.refusedAloud(signed(hand, asking.message(), asking.at(), approval), Reply.Reason.NOT_APPROVED);
        }));
        all.add(new Attack("approval-given-twice", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Statement approval =
                    approval(hand, asking.message(), asking.at(), hand.me().analyst(), Optional.empty());
            hand.refusedAloud(
                    signed(hand, asking.message(), asking.at(), approval, approval), Reply.Reason.NOT_APPROVED);
        }));
        all.add(new Attack("approval-two-days-later", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Statement approval = new Approval(
                            hand.me().analyst().pseudonym(),
                            hand.me().unit(),
                            Role.ANALYST.word(),
                            asking.message().kind().approvalPurpose(),
                            asking.message()
                                    .draft(hand.me().unit(), hand.victim().unit(), asking.at())
                                    .approvalSubject())
                    .sign(
                            asking.at().plus(Duration.ofDays(2)),
                            hand.me().analyst().keys());
            hand.refusedAloud(signed(hand, asking.message(), asking.at(), approval), Reply.Reason.NOT_APPROVED);
        }));
    }

    private static void officers(List<Attack> all) {
        all.add(new Attack("approved-under-the-keys-of-another-officer", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Cast.Officer mixed = new Cast.Officer(
                    hand.me().analyst().pseudonym(),
                    hand.me().unit(),
                    Role.ANALYST,
                    hand.me().liaison().keys());
            Statement approval = approval(hand, asking.message(), asking.at(), mixed, Optional.empty());
            hand.refusedAloud(signed(hand, asking.message(), asking.at(), approval), Reply.Reason.NOT_APPROVED);
        }));
        all.add(new Attack("a-role-that-the-officer-does-not-have", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Cast.Officer risen = new Cast.Officer(
                    hand.me().analyst().pseudonym(),
                    hand.me().unit(),
                    Role.LIAISON,
                    hand.me().analyst().keys());
            Statement approval = approval(hand, asking.message(), asking.at(), risen, Optional.empty());
            hand.refusedAloud(signed(hand, asking.message(), asking.at(), approval), Reply.Reason.NOT_APPROVED);
        }));
    }

    private static Statement approved(Intruder hand, Message message, Instant at, Cast.Officer officer) {
        return signed(hand, message, at, approval(hand, message, at, officer, Optional.empty()));
    }

    private static void requests(List<Attack> all) {
        all.add(new Attack("act-of-another-moment", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Instant later = asking.at().minusSeconds(1);
            hand.refusedAloud(
                    approved(hand, asking.message(), later, hand.me().analyst()), Reply.Reason.DECISION_DIFFERS);
        }));
        all.add(new Attack("purpose-that-the-act-does-not-have", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Message message = asking.message(new Purpose("drug-trafficking"), decided(asking.act()));
            hand.refusedAloud(approved(hand, message, asking.at(), hand.me().analyst()), Reply.Reason.DECISION_DIFFERS);
        }));
        all.add(new Attack("record-that-its-inputs-do-not-give", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            SentDecision honest = decided(asking.act());
            SentDecision forged = new SentDecision(honest.act(), honest.record().replace("\"2.1\"", "\"1.1\""));
            hand.refusedAloud(
                    approved(
                            hand,
                            asking.message(Desk.LAUNDERING, forged),
                            asking.at(),
                            hand.me().analyst()),
                    Reply.Reason.DECISION_DIFFERS);
        }));
        all.add(new Attack("decision-on-another-case", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            Asking other = Asking.by(hand);
            hand.refusedAloud(
                    approved(
                            hand,
                            asking.message(Desk.LAUNDERING, decided(other.act())),
                            asking.at(),
                            hand.me().analyst()),
                    Reply.Reason.DECISION_DIFFERS);
        }));
    }

    private static void releases(List<Attack> all) {
        all.add(new Attack("release-that-nobody-asked-for", hand -> {
            requireIntroduced(hand);
            Instant at = hand.now();
            Envelope envelope = Desk.envelope(hand.me(), at);
            hand.refusedAloud(
                    approved(
                            hand,
                            release(hand.anything(), envelope, act(hand, hand.anything(), envelope, at), brought(hand)),
                            at,
                            hand.me().liaison()),
                    Reply.Reason.OUT_OF_DATE);
        }));
        all.add(new Attack("release-on-a-request-to-another-party", hand -> {
            requireIntroduced(hand);
            PartyCode third = hand.third().party();
            Digest request = hand.any(requests(hand, third));
            Instant at = hand.now();
            Envelope envelope = Desk.envelope(hand.me(), at);
            Act act = act(hand, asked(hand, request).subject().caseDigest(), envelope, at);
            Message message = release(request, envelope, act, brought(hand));
            hand.refusedAloud(approved(hand, message, at, hand.me().liaison()), Reply.Reason.OUT_OF_DATE);
        }));
        all.add(onRequest("release-obtained-in-the-victims-territory", (hand, request) -> {
            Instant at = hand.now();
            Envelope elsewhere = Desk.envelope(hand.victim(), at);
            Envelope own = Desk.envelope(hand.me(), at);
            Act act = act(hand, asked(hand, request).subject().caseDigest(), own, at);
            return new Said(release(request, elsewhere, act, brought(hand)), at);
        }));
        all.add(onRequest("release-for-another-case-than-was-asked", (hand, request) -> {
            Instant at = hand.now();
            Envelope envelope = Desk.envelope(hand.me(), at);
            return new Said(release(request, envelope, act(hand, hand.anything(), envelope, at), brought(hand)), at);
        }));
    }

    /** What the victim asked of a party. */
    private static List<Digest> requests(Intruder hand, PartyCode party) {
        return hand.victims().with(party).leaves.stream()
                .map(id -> java.util.Objects.requireNonNull(
                        hand.victims().statements.get(id)))
                .filter(stored -> stored.outgoing() && stored.message() instanceof Handover.ItemRequested)
                .map(stored -> stored.statement().id())
                .toList();
    }

    /** A message, and when it is said. */
    private record Said(Message message, Instant at) {}

    private interface Making {
        Said make(Intruder hand, Digest request);
    }

    private static Attack onRequest(String name, Making making) {
        return new Attack(name, hand -> {
            requireIntroduced(hand);
            Digest request = hand.any(requests(hand, hand.party()));
            Said said = making.make(hand, request);
            hand.refusedAloud(
                    approved(hand, said.message(), said.at(), hand.me().liaison()), Reply.Reason.DECISION_DIFFERS);
        });
    }

    private static Handover.ItemRequested asked(Intruder hand, Digest request) {
        return (Handover.ItemRequested)
                java.util.Objects.requireNonNull(hand.victims().statements.get(request))
                        .message();
    }

    private static Act act(Intruder hand, Digest caseDigest, Envelope envelope, Instant at) {
        return new Act.Release(
                new Circumstances(hand.me().unit(), hand.victim().unit(), Desk.LAUNDERING, Desk.COMPANY, at),
                new Grounds(
                        Optional.of(caseDigest.hex()),
                        Optional.of(envelope.provenance().legalBasis()),
                        Set.of(hand.me().liaison().approver()),
                        Set.of()),
                Item.of(envelope));
    }

    private static Message release(Digest request, Envelope envelope, Act act, BodyReference item) {
        return new Handover.ItemReleased(request, envelope, item, List.of(), "AAAA", decided(act));
    }

    private static void bodies(List<Attack> all) {
        all.add(new Attack("statement-without-its-body", hand -> {
            requireIntroduced(hand);
            Asking asking = Asking.by(hand);
            BodyReference never = sealed(hand).reference();
            Message message = new Asking(asking.caseDigest(), asking.act(), never, asking.at()).message();
            hand.postponed(approved(hand, message, asking.at(), hand.me().analyst()));
        }));
        all.add(new Attack("body-of-another-name", hand -> {
            SealedBody one = sealed(hand);
            SealedBody other = sealed(hand);
            hand.bodyRefused(one.reference().ciphertext(), other.ciphertext(), "body.not-the-one-named");
        }));
        all.add(new Attack("body-cut-short", hand -> {
            SealedBody one = sealed(hand);
            byte[] cut = Arrays.copyOf(one.ciphertext(), one.ciphertext().length - 1);
            hand.bodyRefused(one.reference().ciphertext(), cut, "body.not-the-one-named");
        }));
        all.add(new Attack("body-with-something-behind-it", hand -> {
            SealedBody one = sealed(hand);
            byte[] more = Arrays.copyOf(one.ciphertext(), one.ciphertext().length + 1);
            hand.bodyRefused(one.reference().ciphertext(), more, "body.not-the-one-named");
        }));
        all.add(new Attack("body-that-is-too-long", hand -> {
            byte[] huge = new byte[(1 << 20) + 1];
            hand.bodyRefused(Digest.of(huge), huge, "body.too-large");
        }));
    }
}
