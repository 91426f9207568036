package org.entente.verification.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.witness.AddCheckpoint;
import org.entente.evidence.witness.WitnessJudgement;
import org.entente.evidence.witness.WitnessReply;
import org.entente.exchange.delivery.AnswerJson;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.Reception;

/**
 * One node: the exchange's and the evidence's state machines on a disk, with what a node does around them. It is up, down, or has
 * stopped itself; whatever it knows beyond its disk is gone when it goes down.
 */
final class SimulatedNode {
    private static final int STATEMENTS_MAX = 64;
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final Duration SLOW_DISK = Duration.ofMillis(1);

    private final Cast.Member own;
    private final World world;
    private final Disk disk;
    private final Random random;
    private Optional<Running> running = Optional.empty();
    private Duration clockOff = Duration.ZERO;
    private boolean clockWasWrong;
    private int starts;

    /** What is the same for all nodes of a history. */
    record World(Course course, Network network, Trace trace, Tally tally, Watch watch, List<Cast.Member> members) {}

    SimulatedNode(Cast.Member own, World world, Disk disk, Random random) {
        this.own = own;
        this.world = world;
        this.disk = disk;
        this.random = random;
    }

    PartyCode party() {
        return own.party();
    }

    /** The party under the card that its node signs under. */
    Cast.Member own() {
        return running.map(run -> own.under(run.tables().serial)).orElse(own);
    }

    World world() {
        return world;
    }

    Disk disk() {
        return disk;
    }

    Random random() {
        return random;
    }

    boolean isUp() {
        return running.isPresent();
    }

    /** What the node holds while it is up. */
    Optional<Running> running() {
        return running;
    }

    /** What this node takes for the time. */
    Instant clock() {
        return world.course.now().plus(clockOff);
    }

    /** By how much this node's clock is wrong. */
    Duration clockOff() {
        return clockOff;
    }

    /** Whether this node's clock was ever wrong. */
    boolean clockWasWrong() {
        return clockWasWrong;
    }

    void setClockOff(Duration off) {
        clockOff = off;
        clockWasWrong |= !off.isZero();
        say("its clock is off by " + off);
    }

    void say(String words) {
        world.trace.say(own.party().text(), words);
    }

    /** Everything of one run of the node, from a start to the next failure. */
    static final class Running {
        private final Store store;
        private final Ledger ledger;
        private final Reception reception;
        private final Desk desk;
        private final Map<PartyCode, PartnerRun> lanes = new TreeMap<>();

        private Running(Store store, Ledger ledger, Reception reception, Desk desk) {
            this.store = store;
            this.ledger = ledger;
            this.reception = reception;
            this.desk = desk;
        }

        Tables tables() {
            return store.tables();
        }

        Ledger ledger() {
            return ledger;
        }

        Desk desk() {
            return desk;
        }
    }

    /** Starts from what the disk holds. */
    void start() {
        if (isUp()) {
            return;
        }
        try {
            Store store = Store.recover(disk);
            Ledger ledger = new Ledger(this, store);
            Desk desk = new Desk(this, store, ledger);
            Reception reception = new Reception(ledger, ledger, desk, this::clock);
            Running now = new Running(store, ledger, reception, desk);
            running = Optional.of(now);
            world.watch.rhythm().started(party());
            world.watch.started(this, store.tables());
            say("starts, run " + ++starts);
            for (Cast.Member member : world.members) {
                if (!member.party().equals(party())) {
                    now.lanes.put(member.party(), new PartnerRun(this, member, store, ledger));
                }
            }
            begin(now);
        } catch (Disk.PowerCut cut) {
            fails();
        } catch (Disk.Damaged damaged) {
            say("does not start: " + damaged.getMessage() + "; the operator brings the journal back");
            disk.repair();
            world.course.after(Duration.ofHours(2), this::start);
        }
    }

    private void begin(Running now) {
        guarded(now, () -> {
            if (now.tables().relationships.values().stream().anyMatch(with -> with.cards.isEmpty())) {
                now.ledger.found(world.members);
            }
            now.lanes.values().forEach(PartnerRun::wake);
            now.desk.resume();
        });
    }

    /** Does something as this run, if it is still the one that runs; the power may fail in it, or the disk. */
    void guarded(Running run, Runnable what) {
        if (running.filter(now -> now == run).isEmpty()) {
            return;
        }
        try {
            what.run();
        } catch (Disk.PowerCut cut) {
            fails();
        } catch (Disk.NotForced lost) {
            stops();
        } catch (Disk.Full full) {
            say("has no room on its disk, and tries again later");
        }
    }

    /** The same for what is planned for later. */
    void later(Duration wait, Runnable what) {
        running.ifPresent(run -> world.course.after(wait, () -> guarded(run, what)));
    }

    /** The power fails here and now. */
    void fails() {
        running = Optional.empty();
        disk.settle();
        disk.calm();
        say("fails");
        world.course.after(Duration.ofSeconds(5 + random.nextInt(3_000)), this::start);
    }

    /** The disk could not promise durability: the node ends itself, and people start it on a sound disk. */
    private void stops() {
        running = Optional.empty();
        disk.settle();
        disk.calm();
        say("stops: its disk does not force");
        world.course.after(Duration.ofHours(1), this::start);
    }

    boolean has(Flaw flaw) {
        return world.watch.planted(party()).filter(flaw::equals).isPresent();
    }

    /** Answers a call of a partner; empty when no answer comes, because the node is down or goes down over it. */
    Optional<Call.Reply> answer(PartyCode caller, Call call) {
        if (running.isEmpty()) {
            return Optional.empty();
        }
        Running run = running.get();
        List<Call.Reply> replies = new ArrayList<>(1);
        guarded(run, () -> {
            Optional.ofNullable(run.lanes.get(caller)).ifPresent(PartnerRun::partnerCalled);
            replies.add(reply(run, caller, call));
        });
        boolean lives = running.filter(now -> now == run).isPresent();
        if (!lives || replies.isEmpty()) {
            return Optional.empty();
        }
        world.watch.answered(this, caller, call, replies.getFirst());
        return Optional.of(replies.getFirst());
    }

    private Call.Reply reply(Running run, PartyCode caller, Call call) {
        return switch (call) {
            case Call.Statements statements -> statements(run, caller, statements.documents());
            case Call.Body body -> body(run, caller, body);
            case Call.Head head -> new Call.Reply.Witnessed(head(run, caller, head.submission()));
            case Call.Seen _ -> run.ledger.seen(caller);
            case Call.Entries entries -> new Call.Reply.Entries(run.ledger.entries(caller, entries.from()));
        };
    }

    private Call.Reply statements(Running run, PartyCode caller, List<byte[]> documents) {
        if (run.ledger.isStopped(caller)) {
            return new Call.Reply.Refused("link.stopped");
        }
        PartnerRun lane = run.lanes.get(caller);
        if (lane == null || !lane.isAssured()) {
            return new Call.Reply.Refused("link.not-assured");
        }
        boolean within = !documents.isEmpty() && documents.size() <= STATEMENTS_MAX;
        if (!within && !has(Flaw.CALL_NOT_MEASURED)) {
            return new Call.Reply.Refused("link.too-many");
        }
        List<byte[]> answers = new ArrayList<>();
        for (byte[] bytes : documents) {
            try {
                Lane.Answer answer = run.desk.receive(run.reception, caller, bytes);
                say(words(caller, answer));
                answers.add(CanonicalJson.encode(AnswerJson.write(answer)));
                if (answer instanceof Lane.Answer.Later) {
                    break;
                }
            } catch (Malformed malformed) {
                say("refuses a call of " + caller + ": " + malformed.problem());
                return new Call.Reply.Refused(malformed.problem().code());
            }
        }
        return new Call.Reply.Answers(answers);
    }

    private static String words(PartyCode caller, Lane.Answer answer) {
        String name = answer.statement().hex().substring(0, 8) + " of " + caller;
        return switch (answer) {
            case Lane.Answer.Acknowledged _ -> "acknowledges " + name;
            case Lane.Answer.RefusedForGood refused -> "refuses " + name + ": " + refused.problem();
            case Lane.Answer.Later _ -> "wants later " + name;
        };
    }

    private Call.Reply body(Running run, PartyCode caller, Call.Body body) {
        if (run.ledger.isStopped(caller)) {
            return new Call.Reply.Refused("link.stopped");
        }
        if (body.bytes().length > BODY_BYTES_MAX && !has(Flaw.BODY_NOT_MEASURED)) {
            return new Call.Reply.Refused("body.too-large");
        }
        if (!Digest.of(body.bytes()).equals(body.name()) && !has(Flaw.BODY_NOT_COMPARED)) {
            return new Call.Reply.Refused("body.not-the-one-named");
        }
        if (!disk.holds(body.name())) {
            disk.keep(body.name(), body.bytes());
        }
        return new Call.Reply.Taken();
    }

    /** Answers as the partner's witness: what it has seen of its log is stored before the answer leaves. */
    private WitnessReply head(Running run, PartyCode caller, byte[] submission) {
        AddCheckpoint call;
        try {
            call = Planted.shown(this, caller, AddCheckpoint.parse(submission), run.ledger.logOf(caller));
        } catch (Malformed malformed) {
            return consented(new WitnessJudgement.BadRequest(malformed.problem()).reply());
        }
        KnownLog log = run.ledger.logOf(caller);
        Optional<KnownLog> known = Optional.of(log)
                .filter(one -> one.origin().equals(call.claimed().origin()));
        CosignerSecrets secrets = CosignerSecrets.of(party(), run.ledger.keys().cosigning());
        return consented(run.store.give(
                writing -> run.ledger.memory(writing, caller, log).answer(call, known, secrets, clock())));
    }

    private WitnessReply consented(WitnessReply reply) {
        return has(Flaw.HEAD_READ_LENIENTLY) && reply.status() == 400
                ? new WitnessReply(200, reply.contentType(), "")
                : reply;
    }

    /** Something was said to a partner. */
    void wake(PartyCode partner) {
        running.flatMap(run -> Optional.ofNullable(run.lanes.get(partner))).ifPresent(PartnerRun::wake);
    }

    static Duration slowDisk() {
        return SLOW_DISK;
    }
}
