package org.entente.verification.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.delivery.AnswerJson;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Message;
import org.entente.exchange.passage.Passage;
import org.entente.memorandum.decision.Approver;

/** Sees everything in a history, and says what must never be. */
final class Watch {
    private static final String HEAD_OTHER = "two roots of one size were signed";

    private final Trace trace;
    private final Rhythm rhythm;
    private final Vouched vouched = new Vouched();
    private final Map<PartyCode, Flaw> planted = new HashMap<>();
    private final Set<PartyCode> hostile = new HashSet<>();
    private final Set<String> violations = new LinkedHashSet<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final Map<String, TreeMap<Long, Digest>> heads = new HashMap<>();
    private final Map<Seen, Long> cosigned = new HashMap<>();
    private final Map<PartyCode, Checkpoint> pending = new HashMap<>();
    private final Map<PartyCode, Set<Digest>> knownAtStart = new HashMap<>();
    private final Set<Digest> forbidden = new HashSet<>();
    private final Map<Digest, Duration> saidWith = new HashMap<>();
    private final Set<Aside> datedAhead = new HashSet<>();

    /** A statement whose acknowledgement left its receiver. */
    record Acknowledged(PartyCode sender, PartyCode receiver, Digest statement) {}

    private record Seen(PartyCode witness, String origin) {}

    private record Aside(PartyCode sender, PartyCode receiver, Digest statement) {}

    Watch(Trace trace, Course course) {
        this.trace = trace;
        this.rhythm = new Rhythm(course, this::violated);
    }

    /** What need not be verified again. */
    Vouched vouched() {
        return vouched;
    }

    /** What watches how often nodes call each other. */
    Rhythm rhythm() {
        return rhythm;
    }

    void plant(PartyCode party, Flaw flaw) {
        planted.put(party, flaw);
    }

    Optional<Flaw> planted(PartyCode party) {
        return Optional.ofNullable(planted.get(party));
    }

    void hostile(PartyCode party) {
        hostile.add(party);
    }

    boolean isHostile(PartyCode party) {
        return hostile.contains(party);
    }

    /** A statement that must never have an effect at anybody's. */
    void forbid(Digest statement) {
        forbidden.add(statement);
    }

    boolean isForbidden(Digest statement) {
        return forbidden.contains(statement);
    }

    Set<String> violations() {
        return violations;
    }

    List<Acknowledged> acknowledged() {
        return acknowledged;
    }

    void violated(String what) {
        if (violations.add(what)) {
            trace.say("!!!", what);
        }
    }

    /** A node has started from what its disk held: nothing that it acknowledged or cosigned may be missing. */
    void started(SimulatedNode node, Tables tables) {
        knownAtStart.put(node.party(), Set.copyOf(tables.statements.keySet()));
        requireKept(node.party(), tables);
        tables.relationships.forEach((partner, with) ->
                with.witnessed.ifPresentOrElse(seen -> requireNoLess(node.party(), seen.checkpoint()), () -> {
                    String origin = org.entente.evidence.log.LogNames.relationship(partner, node.party(), 1);
                    if (cosigned.containsKey(new Seen(node.party(), origin))) {
                        violated(node.party() + " forgot what it had cosigned of " + origin);
                    }
                }));
    }

    private void requireNoLess(PartyCode witness, Checkpoint seen) {
        long before = cosigned.getOrDefault(new Seen(witness, seen.origin()), 0L);
        if (seen.size() < before) {
            violated(witness + " forgot what it had cosigned of " + seen.origin());
        }
    }

    /** What was acknowledged is durable at both ends. */
    void requireKept(PartyCode party, Tables tables) {
        for (Acknowledged one : acknowledged) {
            boolean concerns = one.receiver().equals(party) || (one.sender().equals(party) && !isHostile(party));
            if (concerns && !tables.statements.containsKey(one.statement())) {
                violated(party + " lost " + short8(one.statement()) + ", which was acknowledged");
            }
        }
        tables.effects.forEach((id, count) -> {
            if (count > 1) {
                violated(short8(id) + " had its effect " + count + " times at " + party);
            }
        });
    }

    static String short8(Digest digest) {
        return digest.hex().substring(0, 8);
    }

    /** Whether a statement was here before this run of the node. */
    boolean isFromBefore(SimulatedNode node, Digest statement) {
        return knownAtStart.getOrDefault(node.party(), Set.of()).contains(statement);
    }

    /** An answer left a node. */
    void answered(SimulatedNode node, PartyCode caller, Call call, Call.Reply reply) {
        switch (reply) {
            case Call.Reply.Answers answers -> answers.answers().forEach(bytes -> acknowledged(node, caller, bytes));
            case Call.Reply.Witnessed witnessed -> {
                Checkpoint head = pending.remove(node.party());
                if (head != null && witnessed.reply().status() == 200) {
                    cosigned.merge(new Seen(node.party(), head.origin()), head.size(), Math::max);
                }
            }
            default -> {
                // Nothing is promised by it.
            }
        }
    }

    private void acknowledged(SimulatedNode node, PartyCode caller, byte[] bytes) {
        try {
            Lane.Answer answer = AnswerJson.read(CanonicalJson.parse(bytes, 1 << 16));
            if (answer instanceof Lane.Answer.Acknowledged) {
                acknowledged.add(new Acknowledged(caller, node.party(), answer.statement()));
                node.running()
                        .map(run -> run.tables().statements.get(answer.statement()))
                        .map(Tables.Stored::statement)
                        .filter(statement -> !statement.from().party().equals(caller))
                        .ifPresent(statement -> violated(node.party() + " took from " + caller + " what "
                                + statement.from().party() + " said"));
            }
        } catch (Malformed e) {
            throw new IllegalStateException("a node answers what does not read", e);
        }
    }

    /** A node shows a head of its own log. */
    void shown(SimulatedNode node, SignedCheckpoint head) {
        Checkpoint shown = head.checkpoint();
        Digest before =
                heads.computeIfAbsent(shown.origin(), one -> new TreeMap<>()).putIfAbsent(shown.size(), shown.root());
        if (before != null && !before.equals(shown.root()) && !isHostile(node.party())) {
            violated(shown.origin() + ": " + HEAD_OTHER);
        }
    }

    void cosigns(SimulatedNode node, SignedCheckpoint head) {
        Checkpoint shown = head.checkpoint();
        pending.put(node.party(), shown);
        Long before = cosigned.get(new Seen(node.party(), shown.origin()));
        if (before != null && shown.size() < before) {
            violated(node.party() + " cosigns less of " + shown.origin() + " than before");
        }
    }

    /** A node finds that a partner has seen more of its log than it has. */
    void older(SimulatedNode node, PartyCode partner) {
        if (!isHostile(partner) && !isHostile(node.party())) {
            violated(node.party() + " holds less than " + partner + " has seen of its log");
        }
    }

    /** A statement has its effect: both must permit, and somebody of the sender must have approved. */
    void effect(SimulatedNode node, Tables tables, Statement statement, Message message) {
        if (isForbidden(statement.id())) {
            violated("a forbidden statement has its effect at " + node.party() + ": "
                    + message.kind().word());
        }
        if (message instanceof Handover
                && !tables.with(statement.from().party()).suspendedBy.isEmpty()) {
            violated(node.party() + " lets " + message.kind().word() + " have its effect in a suspension");
        }
        boolean foreign =
                statement.to().filter(to -> to.party().equals(node.party())).isEmpty();
        if (foreign) {
            violated(node.party() + " takes what is not addressed to it");
        }
        if (!message.bodies().stream().allMatch(body -> node.disk().holds(body.ciphertext()))) {
            violated(node.party() + " takes " + message.kind().word() + " without its bodies");
        }
        if (message.needsDecision()) {
            try {
                TreeSet<Approver> approvers = new TreeSet<>();
                for (Approval approval : vouched.approvals(
                        statement,
                        message,
                        pseudonym -> Optional.ofNullable(
                                tables.officers.get(statement.from().party() + "/" + pseudonym)))) {
                    approvers.add(Approver.of(approval));
                }
                if (!(Desk.judge(tables, statement, message, approvers) instanceof Passage.Permitted)) {
                    violated(node.party() + " lets have its effect what is not permitted");
                }
            } catch (Malformed notApproved) {
                violated(node.party() + " lets have its effect what nobody approved");
            }
        }
    }

    /** At the end, all is up and healed: what each node holds is held against what the others hold. */
    void ended(List<SimulatedNode> nodes) {
        Map<PartyCode, Tables> all = new TreeMap<>();
        for (SimulatedNode node : nodes) {
            if (node.isUp()) {
                all.put(node.party(), node.running().orElseThrow().tables());
            } else if (!isHostile(node.party())) {
                violated(node.party() + " did not come back");
            }
        }
        all.forEach((party, tables) -> {
            requireKept(party, tables);
            requireNoGap(party, tables);
            tables.effects.forEach((id, count) -> {
                if (isForbidden(id) && count > 0) {
                    violated("a forbidden statement had its effect at " + party);
                }
            });
        });
        for (SimulatedNode sender : nodes) {
            all.forEach((receiver, to) -> {
                boolean both = sender.isUp() && !sender.party().equals(receiver);
                if (both && !isHostile(sender.party()) && !isHostile(receiver)) {
                    requireDelivered(sender, receiver, to);
                }
            });
        }
    }

    private void requireNoGap(PartyCode party, Tables tables) {
        tables.relationships.forEach((partner, with) -> {
            Set<Digest> once = new HashSet<>(with.leaves);
            if (once.size() != with.leaves.size() || !tables.statements.keySet().containsAll(once)) {
                violated("the log of " + party + " with " + partner + " has a gap or a repetition");
            }
            TreeMap<Long, Digest> shown = heads.getOrDefault(
                    org.entente.evidence.log.LogNames.relationship(party, partner, 1), new TreeMap<>());
            if (!isHostile(party) && !shown.isEmpty()) {
                Leaves leaves = Leaves.of(with.leaves);
                shown.forEach((size, root) -> {
                    if (size > with.leaves.size() || !leaves.root(size).equals(root)) {
                        violated("a head of " + party + " with " + partner + " is not over its log");
                    }
                });
            }
        });
    }

    /** A node says something, by the clock that it has. */
    void said(SimulatedNode node, Statement statement) {
        saidWith.put(statement.id(), node.clockOff());
        vouched.signed(statement);
    }

    /** A node sets a statement aside; as dated ahead it may be only if its own clock was put back by as much since it said it. */
    void setAside(SimulatedNode node, PartyCode partner, Digest statement) {
        Duration ahead = saidWith.getOrDefault(statement, Duration.ZERO).minus(node.clockOff());
        if (ahead.compareTo(Lane.WAITED_FOR) > 0) {
            datedAhead.add(new Aside(node.party(), partner, statement));
        }
    }

    /** Everything that one said is at the other once, in the same order, with its effect; or it was set aside, and why is said. */
    private void requireDelivered(SimulatedNode sender, PartyCode receiver, Tables to) {
        Tables from = sender.running().orElseThrow().tables();
        Tables.Relationship out = from.with(receiver);
        if (!out.waiting.isEmpty()) {
            violated(sender.party() + " did not get rid of " + out.waiting.size() + " statements for " + receiver);
        }
        List<Digest> said = out.leaves.stream()
                .filter(id -> from.statements.containsKey(id)
                        && from.statements.get(id).outgoing())
                .filter(id -> !out.waiting.contains(id))
                .toList();
        List<Digest> delivered =
                said.stream().filter(id -> !out.setAside.containsKey(id)).toList();
        List<Digest> heard = to.with(sender.party()).leaves.stream()
                .filter(id ->
                        to.statements.containsKey(id) && !to.statements.get(id).outgoing())
                .toList();
        List<Digest> counted =
                heard.stream().filter(id -> !out.setAside.containsKey(id)).toList();
        if (!delivered.equals(counted)) {
            violated("what " + sender.party() + " said and what " + receiver + " heard differ");
        }
        if (isCardKnown(sender, receiver)) {
            out.setAside.forEach((id, problem) -> requireReason(sender, receiver, to, id, problem));
            requireCardAndHead(sender, receiver, to);
        }
        for (Digest id : heard) {
            Tables.Stored stored = java.util.Objects.requireNonNull(to.statements.get(id));
            if (!to.quarantined.contains(id) && !to.effects.containsKey(id)) {
                violated(short8(id) + " had no effect at " + receiver);
            }
            if (stored.message().kind().receipted() && !isReceipted(to, id)) {
                violated(short8(id) + " was not receipted by " + receiver);
            }
        }
    }

    /** Whether every card that a node brought was taken, and none was set aside because its clock was wrong. */
    private static boolean isCardKnown(SimulatedNode sender, PartyCode receiver) {
        Tables from = sender.running().orElseThrow().tables();
        return from.with(receiver).setAside.keySet().stream()
                .map(from.statements::get)
                .noneMatch(stored -> stored != null && stored.message() instanceof Arrangement.CardReplaced);
    }

    /** A partner knows the card that a party signs under now, and has cosigned its whole log under it. */
    private void requireCardAndHead(SimulatedNode sender, PartyCode receiver, Tables to) {
        boolean known = to.with(sender.party())
                .cards
                .filter(cards -> cards.latest().equals(sender.own().card()))
                .isPresent();
        if (!known) {
            violated(receiver + " does not know the card of " + sender.party());
        }
        Tables.Relationship out = sender.running().orElseThrow().tables().with(receiver);
        if (out.cosigned != out.leaves.size()) {
            violated(receiver + " has cosigned " + out.cosigned + " of " + out.leaves.size() + " entries of "
                    + sender.party());
        }
    }

    private void requireReason(SimulatedNode sender, PartyCode receiver, Tables to, Digest id, Problem problem) {
        boolean known = switch (problem.code()) {
            case "link.dated-ahead" -> datedAhead.contains(new Aside(sender.party(), receiver, id));
            case "link.body-gone" ->
                sender.running().orElseThrow().ledger().stored(id).message().bodies().stream()
                        .anyMatch(body -> sender.disk().wasDamaged(body.ciphertext()));
            case "exchange.not-processed" ->
                Desk.isPoison(id)
                        && to.kept.stream().anyMatch(kept -> kept.statement().equals(id));
            default -> false;
        };
        if (!known) {
            violated(receiver + " refused " + short8(id) + " of " + sender.party() + ": " + problem);
        }
    }

    private static boolean isReceipted(Tables tables, Digest id) {
        return tables.statements.values().stream()
                .filter(Tables.Stored::outgoing)
                .anyMatch(stored -> stored.message() instanceof org.entente.exchange.message.Reply.Receipt receipt
                        && receipt.statement().equals(id));
    }
}
