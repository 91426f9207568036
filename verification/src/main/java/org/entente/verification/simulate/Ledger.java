package org.entente.verification.simulate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.witness.Misbehaviour;
import org.entente.evidence.witness.WitnessMemory;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.delivery.Acceptance;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.delivery.Inbox;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.Surroundings;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;

/** A node's statements, logs, outbox and inbox on its store: what the exchange asks of a database, without one. */
final class Ledger implements Surroundings, Inbox {
    private static final int ENTRIES_MAX = 500;

    private final SimulatedNode node;
    private final Store store;
    private final Map<PartyCode, Leaves> trees = new TreeMap<>();
    private final Map<PartyCode, Leaves> mirrors = new TreeMap<>();

    Ledger(SimulatedNode node, Store store) {
        this.node = node;
        this.store = store;
    }

    private Tables tables() {
        return store.tables();
    }

    Cast.Keys keys() {
        return node.own().keys();
    }

    /** The first transaction of a node: whom it has pinned. */
    void found(List<Cast.Member> members) {
        store.write(writing -> members.stream()
                .filter(member -> !member.party().equals(node.party()))
                .forEach(member -> writing.row(
                        "pinned",
                        later -> later.with(member.party()).cards = Optional.of(CardHistory.of(member.card())))));
    }

    Tables.Stored stored(Digest id) {
        return java.util.Objects.requireNonNull(tables().statements.get(id), () -> "no statement " + id);
    }

    /** The bytes of a statement as they are sent. */
    byte[] bytes(Digest id) {
        Statement statement = stored(id).statement();
        if (!node.has(Flaw.SIGNED_ANEW)) {
            return statement.bytes();
        }
        StatementDraft draft = StatementDraft.of(statement.kind(), statement.from(), wholeSecond(), statement.content())
                .addressedTo(statement.to().orElseThrow());
        return Statement.sign(draft, keys().statement()).bytes();
    }

    boolean isStopped(PartyCode partner) {
        return tables().with(partner).stopped && !node.has(Flaw.STOP_IGNORED);
    }

    // --- what is said

    /** Says something to a partner: its statement, its leaf and its row in the outbox are one transaction. */
    void say(Store.Writing writing, Message message, Actor from, Actor to) {
        say(writing, Statement.sign(message.draft(from, to, wholeSecond()), keys().statement()), message);
    }

    void say(Store.Writing writing, Statement statement, Message message) {
        PartyCode partner = statement.to().orElseThrow().party();
        node.world().watch().said(node, statement);
        writing.record(partner, statement, message, true);
        if (!node.has(Flaw.OUTBOX_FORGOTTEN) || node.random().nextInt(20) != 0) {
            writing.row("outbox", later -> later.with(partner).waiting.add(statement.id()));
        }
        node.later(SimulatedNode.slowDisk(), () -> node.wake(partner));
    }

    java.time.Instant wholeSecond() {
        return java.time.Instant.ofEpochSecond(node.clock().getEpochSecond());
    }

    /** What an attempt settled, before anything else is done. */
    void settle(PartyCode partner, Lane.Settled settled) {
        if (settled.acknowledged().isEmpty() && settled.refused().isEmpty()) {
            return;
        }
        settled.refused().forEach(no -> node.world().watch().setAside(node, partner, no.statement()));
        store.write(writing -> {
            settled.acknowledged()
                    .forEach(id -> writing.row(
                            "acknowledged", later -> later.with(partner).waiting.remove(id)));
            settled.refused()
                    .forEach(no -> writing.row("set aside", later -> {
                        later.with(partner).waiting.remove(no.statement());
                        later.with(partner).setAside.put(no.statement(), no.problem());
                    }));
        });
        settled.refused()
                .forEach(no -> node.say("sets aside " + no.statement().hex().substring(0, 8) + ": " + no.problem()));
    }

    // --- the log of a relationship

    private String origin(PartyCode owner, PartyCode counterpart) {
        return LogNames.relationship(owner, counterpart, 1);
    }

    KnownLog logOf(PartyCode partner) {
        return KnownLog.of(
                origin(partner, node.party()),
                tables().with(partner).cards.orElseThrow().latest().logKey());
    }

    /** The newest head of the own log, signed now if the log has grown. */
    Optional<SignedCheckpoint> head(PartyCode partner) {
        Tables.Relationship with = tables().with(partner);
        long size = (long) with.leaves.size()
                + (node.has(Flaw.HEAD_OF_UNWRITTEN) ? node.random().nextInt(2) : 0);
        if (size == 0) {
            return Optional.empty();
        }
        if (!with.heads.isEmpty() && with.heads.lastKey() >= size) {
            return Optional.of(with.heads.lastEntry().getValue());
        }
        Digest root = size == with.leaves.size() ? tree(partner).root(size) : rootOfUnwritten(with.leaves);
        SignedCheckpoint head =
                SignedCheckpoint.sign(new Checkpoint(origin(node.party(), partner), size, root), logKey());
        store.write(writing ->
                writing.row("head", later -> later.with(partner).heads.put(size, head)));
        return Optional.of(head);
    }

    private Ed25519SecretKey logKey() {
        return node.has(Flaw.OLD_LOG_KEY_USED) ? node.own().under(1).keys().log() : keys().log();
    }

    /** A planted bug: a leaf counts that no transaction has written yet. */
    private Digest rootOfUnwritten(List<Digest> leaves) {
        List<Digest> more = new ArrayList<>(leaves);
        more.add(Digest.of(node.clock().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return Leaves.of(more).root(more.size());
    }

    private Leaves tree(PartyCode partner) {
        return trees.computeIfAbsent(partner, one -> new Leaves()).grown(tables().with(partner).leaves);
    }

    private SignedCheckpoint open(String note, PartyCode partner) {
        String origin = origin(node.party(), partner);
        try {
            return SignedCheckpoint.open(
                    SignedNote.parse(note),
                    new KnownLog(
                            origin,
                            node.own().logKeys().stream()
                                    .map(key -> NoteKey.log(origin, key))
                                    .toList()));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored head does not verify", e);
        }
    }

    List<Digest> consistency(PartyCode partner, long from, SignedCheckpoint head) {
        Tables.Relationship with = tables().with(partner);
        long size = head.checkpoint().size();
        return from == 0 || from > size || size > with.leaves.size()
                ? List.of()
                : tree(partner).tree().consistency(from, size);
    }

    void keepCosigned(PartyCode partner, SignedCheckpoint cosigned) {
        long size = cosigned.checkpoint().size();
        store.write(writing -> writing.row("cosigned", later -> {
            later.with(partner).heads.put(size, cosigned);
            later.with(partner).cosigned = Math.max(later.with(partner).cosigned, size);
        }));
    }

    /** What this node has seen of a partner's log, as its witness; whoever writes it holds the store alone. */
    WitnessMemory memory(Store.Writing writing, PartyCode partner, KnownLog log) {
        return new WitnessMemory() {
            @Override
            public Optional<SignedCheckpoint> last() {
                return node.has(Flaw.WITNESS_BLIND) ? Optional.empty() : tables().with(partner).witnessed;
            }

            @Override
            public void store(SignedCheckpoint next) {
                Change late = new Change("witnessed", 512, later -> later.with(partner).witnessed = Optional.of(next));
                if (node.has(Flaw.WITNESS_LATE)) {
                    late.apply().accept(tables());
                } else {
                    writing.row(late.what(), late.apply());
                }
                node.world().watch().cosigns(node, next);
            }

            @Override
            public void keep(Misbehaviour proof) {
                byte[] document = proof.bytes();
                node.say("has proof that the log of " + partner + " shows two histories");
                if (!node.has(Flaw.PROOF_LOST)) {
                    writing.row("misbehaviour", later -> {
                        later.with(partner).proofs.add(document);
                        later.with(partner).stopped = true;
                    });
                }
            }
        };
    }

    /** What this node has seen of a partner's log, and has from it beyond that. */
    Call.Reply.Seen seen(PartyCode partner) {
        Tables.Relationship with = tables().with(partner);
        List<Digest> theirs = with.leaves.stream()
                .filter(id -> tables().statements.containsKey(id))
                .filter(id -> !stored(id).outgoing())
                .toList();
        return new Call.Reply.Seen(
                with.witnessed.map(SignedCheckpoint::note),
                theirs.subList(Math.max(0, theirs.size() - ENTRIES_MAX), theirs.size()));
    }

    /** Whether all that a partner has seen of the own log is here. */
    boolean holdsAllOf(PartyCode partner, Call.Reply.Seen seen) {
        Tables.Relationship with = tables().with(partner);
        boolean head = seen.head()
                .map(note -> open(note, partner).checkpoint())
                .map(cosigned -> cosigned.size() <= with.leaves.size()
                        && tree(partner).root(cosigned.size()).equals(cosigned.root()))
                .orElse(true);
        return head && with.places.keySet().containsAll(seen.beyond());
    }

    /** Entries of the own log, under the head that the partner has cosigned. */
    List<Digest> entries(PartyCode partner, long from) {
        Tables.Relationship with = tables().with(partner);
        int begin = (int) Math.min(Math.max(0, from), with.leaves.size());
        return List.copyOf(with.leaves.subList(begin, Math.min(with.leaves.size(), begin + ENTRIES_MAX)));
    }

    /** From where the partner's log is still to be read. */
    Optional<Long> unread(PartyCode partner) {
        Tables.Relationship with = tables().with(partner);
        long seen = witnessed(partner).map(Checkpoint::size).orElse(0L);
        return seen > with.mirror.size() ? Optional.of((long) with.mirror.size()) : Optional.empty();
    }

    private Optional<Checkpoint> witnessed(PartyCode partner) {
        return tables().with(partner).witnessed.map(SignedCheckpoint::checkpoint);
    }

    /** Keeps entries of a partner's log that give the root which this node has cosigned. */
    boolean mirror(PartyCode partner, long from, List<Digest> entries) {
        Tables.Relationship with = tables().with(partner);
        Optional<Checkpoint> head = witnessed(partner);
        if (head.isEmpty() || from != with.mirror.size()) {
            return false;
        }
        long wanted = head.get().size() - from;
        if (entries.size() < wanted) {
            return false;
        }
        List<Digest> fresh = List.copyOf(entries.subList(0, (int) wanted));
        List<Digest> all = new ArrayList<>(with.mirror);
        all.addAll(fresh);
        Leaves mirror = mirrors.computeIfAbsent(partner, one -> new Leaves()).grown(all);
        if (!mirror.root(all.size()).equals(head.get().root())) {
            mirrors.remove(partner);
            node.say("is given entries by " + partner + " that do not give the head that it signed");
            return false;
        }
        store.write(writing ->
                writing.row("mirror", later -> later.with(partner).mirror.addAll(fresh)));
        return true;
    }

    // --- what the reception asks

    @Override
    public PartyCard own() {
        return node.own().card();
    }

    @Override
    public Optional<CardHistory> cards(PartyCode partner) {
        return Optional.ofNullable(tables().relationships.get(partner)).flatMap(with -> with.cards);
    }

    @Override
    public Arrival arrival(UnverifiedStatement claimed, PartyCard card) throws Malformed {
        return node.world().watch().vouched().arrival(claimed, card);
    }

    @Override
    public Optional<Long> place(PartyCode partner, Digest statement) {
        return store.place(partner, statement);
    }

    @Override
    public Acceptance.Relation relation(PartyCode partner) {
        return tables().with(partner).suspendedBy.isEmpty() || node.has(Flaw.SUSPENSION_IGNORED)
                ? Acceptance.Relation.OPEN
                : Acceptance.Relation.SUSPENDED;
    }

    @Override
    public Set<Digest> present(List<BodyReference> bodies) {
        Set<Digest> present = new HashSet<>();
        for (BodyReference body : bodies) {
            if (node.has(Flaw.BODY_NOT_AWAITED) || node.disk().holds(body.ciphertext())) {
                present.add(body.ciphertext());
            }
        }
        return present;
    }

    @Override
    public void requireOwnPins(PartyCard card) throws Malformed {
        for (Map.Entry<PartyCode, Tables.Relationship> other :
                tables().relationships.entrySet()) {
            boolean shares = other.getValue().cards.stream()
                    .flatMap(history -> history.cards().stream())
                    .anyMatch(held -> !java.util.Collections.disjoint(
                            held.content().tlsPins(), card.content().tlsPins()));
            if (shares && !other.getKey().equals(card.party())) {
                throw new Malformed("party.pin-of-another", other.getKey().text());
            }
        }
    }

    @Override
    public Optional<Problem> refusalOfLog(Statement declaration) {
        return Optional.of(Problem.of("reopening.needless"));
    }

    @Override
    public void requireStill(Statement declaration) {
        throw new IllegalStateException("no log goes on under another name here");
    }

    @Override
    public void receipt(Statement statement) {
        if (node.has(Flaw.NO_RECEIPT)) {
            return;
        }
        Actor from = statement.to().orElseThrow();
        store.write(writing -> say(
                writing,
                new Reply.Receipt(
                        statement.id(),
                        Reply.Stage.DELIVERED,
                        place(statement.from().party(), statement.id())),
                from,
                statement.from()));
    }

    @Override
    public boolean mayQuarantine(Statement statement, Problem otherwise) {
        return true;
    }

    @Override
    public void quarantine(Statement statement) {
        store.write(writing -> writing.row("quarantined", later -> later.quarantined.add(statement.id())));
    }

    // --- the inbox

    @Override
    public Optional<Digest> known(PartyCode sender, Digest statement) {
        Optional<Digest> known = Optional.ofNullable(tables().statements.get(statement))
                .filter(stored -> !stored.outgoing())
                .map(Tables.Stored::statement)
                .filter(stored -> stored.from().party().equals(sender))
                .map(stored -> Digest.of(stored.bytes()));
        if (node.has(Flaw.EFFECT_BEFORE_LOOKING)) {
            return Optional.empty();
        }
        boolean forgotten =
                node.has(Flaw.KNOWN_FORGOTTEN) && node.world().watch().isFromBefore(node, statement);
        boolean old = node.has(Flaw.KNOWN_FOR_AN_HOUR)
                && known.isPresent()
                && stored(statement).statement().at().isBefore(node.clock().minusSeconds(3_600));
        return forgotten || old ? Optional.empty() : known;
    }

    @Override
    public Outcome accept(Arrival arrival, Message message, Runnable effect) {
        Statement statement = arrival.statement();
        if (node.has(Flaw.EFFECT_BEFORE_LOOKING)) {
            try {
                store.write(writing -> effect.run());
            } catch (IllegalStateException poison) {
                throw new Stumbled(poison);
            }
        }
        try {
            return store.give(writing -> {
                boolean again = node.has(Flaw.KNOWN_FORGOTTEN) || node.has(Flaw.KNOWN_FOR_AN_HOUR);
                if (tables().statements.containsKey(statement.id()) && !again) {
                    return Outcome.ALREADY_KNOWN;
                }
                if (node.has(Flaw.PLACE_SKIPPED) && node.random().nextInt(10) == 0) {
                    writing.row(
                            "nothing",
                            later -> later.with(arrival.sender()).leaves.add(MerkleHash.empty()));
                }
                writing.record(arrival.sender(), statement, message, false);
                if (!node.has(Flaw.EFFECT_BEFORE_LOOKING) && !node.has(Flaw.EFFECT_BY_ITSELF)) {
                    effect.run();
                }
                return Outcome.ACCEPTED;
            });
        } catch (IllegalStateException poison) {
            throw new Stumbled(poison);
        } finally {
            if (node.has(Flaw.EFFECT_BY_ITSELF)) {
                byItself(effect);
            }
        }
    }

    /** A planted bug: the effect in a transaction of its own, whatever came of the statement. */
    private void byItself(Runnable effect) {
        try {
            store.write(writing -> effect.run());
        } catch (IllegalStateException poison) {
            node.say("stumbles over an effect: " + poison.getMessage());
        }
    }

    @Override
    public void keepAsEvidence(Arrival arrival, Problem problem) {
        if (node.has(Flaw.EVIDENCE_NOT_KEPT)) {
            return;
        }
        Kept kept = new Kept(arrival.sender(), arrival.statement().id(), arrival.bytes(), problem);
        if (tables().kept.stream().noneMatch(before -> before.bytes().equals(kept.bytes()))) {
            store.write(writing -> writing.row("kept", later -> later.kept.add(kept)));
        }
    }

    @Override
    public List<Kept> kept(PartyCode sender) {
        return tables().kept.stream().filter(row -> row.sender().equals(sender)).toList();
    }

    /** What a party says about itself. */
    void take(Store.Writing writing, Statement statement, Message message) {
        PartyCode partner = statement.from().party();
        switch (message) {
            case Arrangement.OfficerAppointed appointed ->
                writing.row(
                        "officer",
                        later -> later.officers.putIfAbsent(
                                partner + "/" + appointed.pseudonym(), appointed.appointment()));
            case Arrangement.CardReplaced _, Arrangement.KeyTakenBack _ -> {
                long place = place(partner, statement.id()).orElseThrow();
                CardHistory cards = cards(partner).orElseThrow();
                if (cards.take(statement, place) instanceof CardHistory.Taken taken
                        && !node.has(Flaw.SUCCESSION_FORGOTTEN)) {
                    writing.row("card", later -> later.with(partner).cards = Optional.of(taken.next()));
                }
            }
            case Arrangement.MemorandumDeclared declared -> {
                switch (declared.declaration().kind()) {
                    case SUSPENDED ->
                        writing.row(
                                "suspended",
                                later -> later.with(partner).suspendedBy.add(partner));
                    case RESUMED ->
                        writing.row(
                                "resumed",
                                later -> later.with(partner).suspendedBy.remove(partner));
                    case SIGNED, WITHDRAWN -> {
                        // Nobody signs or leaves in these histories.
                    }
                }
            }
            default -> {
                // Everything else is the desk's.
            }
        }
    }

    Optional<OfficerAppointment> officer(PartyCode party, String pseudonym) {
        return Optional.ofNullable(tables().officers.get(party + "/" + pseudonym));
    }

    /** The cosigner that a partner is. */
    Cosigner cosigner(PartyCode partner) {
        return Cosigner.of(cards(partner).orElseThrow().latest());
    }

    static Role role(Cast.Officer officer) {
        return officer.role();
    }
}
