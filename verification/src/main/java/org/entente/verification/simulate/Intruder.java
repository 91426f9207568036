package org.entente.verification.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.witness.WitnessReply;
import org.entente.exchange.delivery.AnswerJson;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;

/** The hand of a hostile partner: it has the partner's keys and connection, and knows what everybody may know. */
final class Intruder {
    private final SimulatedNode node;
    private final SimulatedNode victim;
    private final Random random;
    private String attack = "";
    private boolean fired;

    Intruder(SimulatedNode node, SimulatedNode victim, Random random) {
        this.node = node;
        this.victim = victim;
        this.random = random;
    }

    /** The victim cannot be reached, or has nothing to attack yet. */
    static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotNow() {
            super("not now", null, false, false);
        }
    }

    /** Tries an attack; true when the victim answered it. */
    boolean attempt(Attack what) {
        attack = what.name();
        fired = false;
        if (!victim.isUp()
                || !node.isUp()
                || victim.disk().cutIsPlanned()
                || node.disk().cutIsPlanned()) {
            return false;
        }
        try {
            what.attempt().accept(this);
        } catch (NotNow later) {
            return false;
        }
        if (fired) {
            node.world().tally().attack(attack);
            node.say("tried " + attack + " on " + victim.party());
        }
        return fired;
    }

    Cast.Member me() {
        return node.own();
    }

    Cast.Member victim() {
        return victim.own();
    }

    /** Somebody else whom both know. */
    Cast.Member third() {
        return node.world().members().stream()
                .filter(member ->
                        !member.party().equals(node.party()) && !member.party().equals(victim.party()))
                .findFirst()
                .orElseThrow();
    }

    Random random() {
        return random;
    }

    /** A moment that is fresh at the victim's. */
    Instant now() {
        return Instant.ofEpochSecond(victim.clock().getEpochSecond());
    }

    Tables victims() {
        return victim.running().orElseThrow(NotNow::new).tables();
    }

    Tables mine() {
        return node.running().orElseThrow(NotNow::new).tables();
    }

    Ledger ledger() {
        return node.running().orElseThrow(NotNow::new).ledger();
    }

    Disk victimsDisk() {
        return victim.disk();
    }

    Digest anything() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Digest.ofBytes(bytes);
    }

    /** Something harmless to say. */
    Message harmless() {
        return new Reply.Receipt(anything(), Reply.Stage.DELIVERED, Optional.empty());
    }

    /** The harmless statement, as it should be. */
    Statement honest() {
        return Statement.sign(
                harmless().draft(me().unit(), victim().unit(), now()),
                me().keys().statement());
    }

    private Call.Reply call(Call call) {
        Optional<Call.Reply> reply = victim.answer(node.party(), call);
        boolean closed = reply.isEmpty()
                || (reply.get() instanceof Call.Reply.Refused refused
                        && (refused.code().equals("link.stopped")
                                || refused.code().equals("link.not-assured")));
        if (closed) {
            throw new NotNow();
        }
        fired = true;
        return reply.get();
    }

    private void require(boolean held, String otherwise) {
        if (!held) {
            node.world().watch().violated("attack " + attack + ": " + otherwise);
        }
    }

    private static Optional<Lane.Answer> answer(Call.Reply reply) {
        if (!(reply instanceof Call.Reply.Answers answers) || answers.answers().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    AnswerJson.read(CanonicalJson.parse(answers.answers().getFirst(), 1 << 16)));
        } catch (Malformed e) {
            throw new IllegalStateException("a node answers what does not read", e);
        }
    }

    /** Nobody may ever let this have an effect. */
    void forbid(Digest statement) {
        node.world().watch().forbid(statement);
    }

    /** Brings documents that must be refused, whatever they are said to be. */
    void refused(byte[]... documents) {
        Call.Reply reply = call(new Call.Statements(Arrays.asList(documents)));
        boolean no = reply instanceof Call.Reply.Refused
                || answer(reply)
                        .filter(one -> one instanceof Lane.Answer.RefusedForGood)
                        .isPresent();
        require(no, "it was not refused");
    }

    /** Brings a statement that must be refused for a reason. */
    void refused(Statement statement, String code) {
        node.world().watch().forbid(statement.id());
        Call.Reply reply = call(new Call.Statements(List.of(statement.bytes())));
        Optional<String> found = reply instanceof Call.Reply.Refused refused
                ? Optional.of(refused.code())
                : answer(reply)
                        .filter(one -> one instanceof Lane.Answer.RefusedForGood)
                        .map(one -> ((Lane.Answer.RefusedForGood) one).problem().code());
        require(found.filter(code::equals).isPresent(), "answered " + found + " and not " + code);
    }

    /** The same, and what proves something about the partner is kept. */
    void refusedAndKept(Statement statement, String code) {
        refused(statement, code);
        require(
                victims().kept.stream().anyMatch(kept -> kept.statement().equals(statement.id())),
                "nothing of it is kept");
    }

    /** Brings a statement that has to wait, and never has its effect. */
    void postponed(Statement statement) {
        node.world().watch().forbid(statement.id());
        Call.Reply reply = call(new Call.Statements(List.of(statement.bytes())));
        require(answer(reply).filter(one -> one instanceof Lane.Answer.Later).isPresent(), "it was not postponed");
    }

    /** Brings again what was accepted: it is acknowledged, and nothing happens. */
    void repeated(Statement statement) {
        int before = victims().effects.getOrDefault(statement.id(), 0);
        int leaves = victims().with(node.party()).leaves.size();
        Call.Reply reply = call(new Call.Statements(List.of(statement.bytes(), statement.bytes())));
        require(
                answer(reply)
                        .filter(one -> one instanceof Lane.Answer.Acknowledged)
                        .isPresent(),
                "it was not acknowledged again");
        require(victims().effects.getOrDefault(statement.id(), 0) == before, "it had its effect again");
        require(victims().with(node.party()).leaves.size() == leaves, "it was logged again");
    }

    /** Brings other, equally valid bytes of what was accepted: they are refused and kept, and nothing else happens. */
    void otherBytes(Statement known, byte[] other) {
        int before = victims().effects.getOrDefault(known.id(), 0);
        Call.Reply reply = call(new Call.Statements(List.of(other)));
        require(
                answer(reply)
                        .filter(one -> one instanceof Lane.Answer.RefusedForGood refused
                                && refused.problem().code().equals("exchange.other-bytes"))
                        .isPresent(),
                "they were not refused as other bytes");
        require(
                victims().kept.stream().anyMatch(kept -> kept.bytes().equals(Digest.of(other))),
                "nothing of them is kept");
        require(victims().effects.getOrDefault(known.id(), 0) == before, "it had its effect again");
    }

    /** Brings a statement that is logged and answered with a refusal that both logs hold; it has no effect. */
    void refusedAloud(Statement statement, Reply.Reason reason) {
        node.world().watch().forbid(statement.id());
        if (Desk.isPoison(statement.id())
                || !victims().with(node.party()).suspendedBy.isEmpty()) {
            throw new NotNow();
        }
        Call.Reply reply = call(new Call.Statements(List.of(statement.bytes())));
        require(
                answer(reply)
                        .filter(one -> one instanceof Lane.Answer.Acknowledged)
                        .isPresent(),
                "it was not acknowledged");
        require(victims().effects.getOrDefault(statement.id(), 0) == 0, "it had its effect");
        boolean said = victims().statements.values().stream()
                .filter(Tables.Stored::outgoing)
                .anyMatch(stored -> stored.message() instanceof Reply.Refused refused
                        && refused.statement().equals(statement.id())
                        && refused.reason() == reason);
        require(said, "the refusal was not said: " + reason);
    }

    /** Brings a body that must not be taken. */
    void bodyRefused(Digest name, byte[] bytes, String code) {
        Call.Reply reply = call(new Call.Body(name, bytes));
        require(
                reply instanceof Call.Reply.Refused refused && refused.code().equals(code),
                "the body was not refused with " + code);
        require(!victim.disk().holds(name), "the body lies there");
    }

    /** Brings a body, as one should. */
    void bodyTaken(Digest name, byte[] bytes) {
        require(call(new Call.Body(name, bytes)) instanceof Call.Reply.Taken, "the body was not taken");
    }

    /** Shows a head that must not be cosigned. */
    WitnessReply notCosigned(byte[] submission, int... statuses) {
        Optional<org.entente.evidence.log.SignedCheckpoint> before = victims().with(node.party()).witnessed;
        Call.Reply reply = call(new Call.Head(submission));
        if (!(reply instanceof Call.Reply.Witnessed witnessed)) {
            throw new IllegalStateException("no witness answers like this");
        }
        int status = witnessed.reply().status();
        require(Arrays.stream(statuses).anyMatch(one -> one == status), "the witness answered " + status);
        require(victims().with(node.party()).witnessed.equals(before), "the witness has moved");
        return witnessed.reply();
    }

    /** After this the victim must hold a proof that convinces anybody, and exchange nothing more. */
    void proved() {
        Tables.Relationship with = victims().with(node.party());
        require(!with.proofs.isEmpty(), "there is no proof");
        for (byte[] proof : with.proofs) {
            try {
                var verdict = org.entente.evidence.witness.Misbehaviour.parse(proof)
                        .judge(victim.running().orElseThrow().ledger().logOf(node.party()));
                require(
                        !(verdict instanceof org.entente.evidence.witness.Misbehaviour.Unproven),
                        "the proof convinces nobody");
            } catch (Malformed e) {
                require(false, "the proof does not read");
            }
        }
        Optional<Call.Reply> after = victim.answer(node.party(), new Call.Statements(List.of(honest().bytes())));
        require(
                after.isPresent()
                        && after.get() instanceof Call.Reply.Refused refused
                        && refused.code().equals("link.stopped"),
                "the link goes on");
    }

    /** Statements that the victim has taken from this partner. */
    List<Statement> taken() {
        List<Statement> taken = new ArrayList<>();
        for (Digest id : victims().with(node.party()).leaves) {
            Tables.Stored stored = victims().statements.get(id);
            if (stored != null && !stored.outgoing()) {
                taken.add(stored.statement());
            }
        }
        return taken;
    }

    <T> T any(List<T> of) {
        if (of.isEmpty()) {
            throw new NotNow();
        }
        return of.get(random.nextInt(of.size()));
    }

    PartyCode party() {
        return node.party();
    }
}
