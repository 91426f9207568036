package org.entente.node.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.entente.evidence.bundle.LogAnchor;
import org.entente.evidence.bundle.LogEvidence;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.witness.Submission;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.delivery.AnswerJson;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.Lane.Answer;
import org.entente.exchange.delivery.Outbox;
import org.entente.node.body.BodyFiles;
import org.entente.node.delivery.BodyCarrier.Brought;
import org.entente.node.ledger.Statements;
import org.entente.node.link.CertificateDigest;
import org.entente.node.link.Peer;
import org.entente.node.link.PeerAnswer;
import org.entente.node.link.PeerCall;
import org.entente.node.link.PeerClient;
import org.entente.node.party.Parties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the calls that {@link PeerDesk} answers at the other end. Each is one attempt. */
public final class Courier {
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(55);
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final int NOTE_BYTES_MAX = 1 << 16;
    /** Below the connections that the client keeps to a peer, so that other calls find one. */
    private static final int BODIES_AT_A_TIME = 6;

    private final PeerClient client;
    private final Parties parties;
    private final BodyFiles bodies;
    private final Statements statements;
    private final InstantSource clock;
    private final Map<PartyCode, BodyCarrier> carriers = new ConcurrentHashMap<>();

    public Courier(PeerClient client, Parties parties, BodyFiles bodies, Statements statements, InstantSource clock) {
        this.client = client;
        this.parties = parties;
        this.bodies = bodies;
        this.statements = statements;
        this.clock = clock;
    }

    /** Where the partner is and which certificates it may show. */
    private Peer peer(Parties.Partner partner) {
        return new Peer(
                partner.code().text(),
                URI.create("https://" + partner.address()),
                parties.linkPins(partner.code()).stream()
                        .map(pin -> new CertificateDigest(pin.hex()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** A statement that waits, and the bodies that it names. */
    record Laden(Outbox.Row row, Instant at, List<BodyReference> bodies) {}

    /**
     * The first of these statements whose large bodies the partner has, or that have none. The carrying of the first large body that is
     * not there begins at once, beside what goes on here: what stands before its statement does not wait for it, and what stands behind
     * keeps its turn. Beyond the first their bodies are no more together than one piece, so that on a slow line the first does not wait for
     * all of them.
     */
    List<Laden> ready(Parties.Partner partner, List<Outbox.Row> rows) {
        List<Laden> ready = new ArrayList<>();
        for (Outbox.Row row : rows) {
            Statements.Entry entry = statements.find(row.statement()).orElseThrow();
            List<BodyReference> named = entry.message().bodies();
            for (BodyReference body : named) {
                if (isLarge(body) && !carrier(partner.code()).isCarried(peer(partner), body)) {
                    return together(ready);
                }
            }
            ready.add(new Laden(row, entry.statement().at(), named));
        }
        return together(ready);
    }

    private List<Laden> together(List<Laden> ready) {
        List<Long> bytes = ready.stream()
                .map(one -> one.bodies().stream()
                        .filter(body -> !isLarge(body))
                        .mapToLong(BodyReference::bytes)
                        .sum())
                .toList();
        return ready.subList(0, Lane.together(bytes, bodies.limits().pieceBytes()));
    }

    /** Too long for one call; one that is not here any more is not carried. */
    private boolean isLarge(BodyReference body) {
        return body.bytes() > bodies.limits().pieceBytes() && bodies.holds(body.ciphertext());
    }

    private BodyCarrier carrier(PartyCode partner) {
        return carriers.computeIfAbsent(partner, code -> new BodyCarrier(client, bodies));
    }

    /**
     * Brings the bodies of these statements that one call holds, then the statements.
     *
     * @return the partner's answers in order; empty when the attempt failed
     */
    Optional<List<Answer>> bring(Parties.Partner partner, List<Laden> laden) {
        Peer peer = peer(partner);
        Map<Digest, Laden> named = new HashMap<>();
        laden.forEach(one -> named.put(one.row().statement(), one));
        Map<BodyReference, Brought> bodiesBrought = bringBodies(peer, carrier(partner.code()), laden);
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode array = request.putArray("statements");
        for (Laden one : laden) {
            Optional<Brought> missing = missing(one, bodiesBrought);
            if (missing.isPresent() && array.isEmpty()) {
                return missing.get() instanceof Brought.NotNow notNow
                        ? Optional.of(List.of(new Answer.Later(one.row().statement(), notNow.rest())))
                        : Optional.empty();
            }
            if (missing.isPresent()) {
                // The partner may take its bodies once the statements before it name what is there already.
                break;
            }
            array.add(json(one.row()));
        }
        PeerAnswer answer = call(peer, PeerDesk.STATEMENTS, request, ANSWER_BYTES_MAX);
        if (answer instanceof PeerAnswer.Later later) {
            return Optional.of(List.of(new Answer.Later(laden.getFirst().row().statement(), later.rest())));
        }
        return answer instanceof PeerAnswer.Answered answered && answered.status() == 200
                ? answers(answered.bytes())
                        .map(all -> all.stream()
                                .map(one -> Optional.ofNullable(named.get(one.statement()))
                                        .map(asked -> withoutHope(carrier(partner.code()), one, asked))
                                        .orElse(one))
                                .toList())
                : Optional.empty();
    }

    /** What keeps the first body of a statement from being there that is not there; empty when the statement need not wait. */
    private Optional<Brought> missing(Laden laden, Map<BodyReference, Brought> brought) {
        return laden.bodies().stream()
                .filter(body -> !isLarge(body))
                .map(body -> brought.getOrDefault(body, new Brought.Unanswered()))
                .filter(one -> !(one instanceof Brought.Settled))
                .findFirst();
    }

    /**
     * Brings the bodies that one call holds, some at a time, because the partner forces each to its disk before it answers. The statements
     * that name them travel when all are there, so nothing depends on the order of the bodies. None is tried behind one that is not taken.
     */
    private Map<BodyReference, Brought> bringBodies(Peer peer, BodyCarrier carrier, List<Laden> laden) {
        List<BodyReference> wanted = laden.stream()
                .flatMap(one -> one.bodies().stream())
                .filter(body -> !isLarge(body))
                .distinct()
                .toList();
        Map<BodyReference, Brought> brought = new HashMap<>();
        boolean goesOn = true;
        for (int from = 0; goesOn && from < wanted.size(); from += BODIES_AT_A_TIME) {
            List<BodyReference> some = wanted.subList(from, Math.min(wanted.size(), from + BODIES_AT_A_TIME));
            List<Brought> each = bringTogether(peer, carrier, some);
            for (int i = 0; i < some.size(); i++) {
                brought.put(some.get(i), each.get(i));
                goesOn &= each.get(i) instanceof Brought.Settled;
            }
        }
        return brought;
    }

    private static List<Brought> bringTogether(Peer peer, BodyCarrier carrier, List<BodyReference> some) {
        if (some.size() == 1) {
            return List.of(carrier.bring(peer, some.getFirst()));
        }
        List<Future<Brought>> brought;
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            brought = some.stream()
                    .map(body -> hands.submit(() -> carrier.bring(peer, body)))
                    .toList();
        }
        List<Brought> each = new ArrayList<>();
        for (Future<Brought> one : brought) {
            if (one.state() == Future.State.FAILED) {
                throw new IllegalStateException("a body could not be brought", one.exceptionNow());
            }
            each.add(one.resultNow());
        }
        return each;
    }

    /**
     * What the partner never takes would hold up the lane for ever: a statement whose body is not here any more, or is refused there, and one
     * that is dated ahead because the clock of this node was wrong.
     */
    private Answer withoutHope(BodyCarrier carrier, Answer answer, Laden laden) {
        Optional<Problem> refused = carrier.settled(laden.bodies());
        if (!(answer instanceof Answer.Later)) {
            return answer;
        }
        return refused.or(() -> hopeless(carrier, laden))
                .<Answer>map(problem -> new Answer.RefusedForGood(answer.statement(), problem))
                .orElse(answer);
    }

    private Optional<Problem> hopeless(BodyCarrier carrier, Laden laden) {
        String name = laden.row().statement().hex();
        if (!laden.bodies().stream().allMatch(body -> carrier.isHere(body.ciphertext()))) {
            return Optional.of(Problem.of("link.body-gone", name));
        }
        return Lane.isHopelesslyAhead(laden.at(), clock.instant())
                ? Optional.of(Problem.of("link.dated-ahead", name))
                : Optional.empty();
    }

    /** Shows a checkpoint to the partner as witness (C2SP tlog-witness, add-checkpoint); empty when the attempt failed. */
    Optional<Submission.Outcome> show(Parties.Partner partner, Submission submission) {
        PeerAnswer answer = client.call(
                peer(partner),
                new PeerCall(
                        "POST",
                        PeerDesk.ADD_CHECKPOINT,
                        new PeerCall.Body.Bytes("text/plain", submission.body()),
                        NOTE_BYTES_MAX,
                        CALL_DEADLINE));
        return answer instanceof PeerAnswer.Answered answered
                ? Optional.of(submission.read(answered.status(), answered.contentType(), answered.bytes()))
                : Optional.empty();
    }

    /** Nobody answered, or not in this way: the same call may be made again. */
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Reads a file of the log that the partner keeps of this relationship (C2SP tlog-tiles). */
    Optional<byte[]> logFile(Parties.Partner partner, TilePath path) {
        return fetch(partner, PeerDesk.LOG_FILES + path.path(), path.bytesMax() + 1);
    }

    /** The head of its log of this relationship that the partner publishes. */
    Optional<String> publishedHead(Parties.Partner partner) {
        return fetch(partner, PeerDesk.LOG_FILES + PeerDesk.CHECKPOINT, NOTE_BYTES_MAX)
                .map(note -> new String(note, StandardCharsets.UTF_8));
    }

    /** What the partner has seen of this node's log; nothing when it has no such thing. */
    Returned.Head keptHead(Parties.Partner partner) throws Malformed {
        Optional<byte[]> head = fetch(partner, KeptDesk.HEAD, KeptDesk.ANSWER_BYTES_MAX);
        return head.isPresent() ? Returned.Head.read(head.get()) : Returned.Head.NONE;
    }

    /** Entries of this node's log from a place on, as the partner keeps them. */
    List<Digest> keptEntries(Parties.Partner partner, long from) throws Malformed {
        return Returned.readEntries(fetch(partner, KeptDesk.ENTRIES + from, KeptDesk.ANSWER_BYTES_MAX)
                .orElseThrow(NoAnswer::new));
    }

    /** What the partner has of the relationship beyond these entries, the newest first, from a number on. */
    List<Digest> keptBeyond(Parties.Partner partner, long from) throws Malformed {
        return Returned.readEntries(fetch(partner, KeptDesk.BEYOND + from, KeptDesk.ANSWER_BYTES_MAX)
                .orElseThrow(NoAnswer::new));
    }

    /** Statements of the relationship, as the partner keeps them. */
    Returned.Statements keptStatements(Parties.Partner partner, List<Digest> ids) throws Malformed {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode array = request.putArray("statements");
        ids.forEach(id -> array.add(id.hex()));
        PeerAnswer answer = call(peer(partner), KeptDesk.STATEMENTS, request, KeptDesk.ANSWER_BYTES_MAX);
        if (!(answer instanceof PeerAnswer.Answered answered) || answered.status() != 200) {
            throw new NoAnswer();
        }
        return Returned.Statements.read(answered.bytes());
    }

    private Optional<byte[]> fetch(Parties.Partner partner, String path, int bytesMax) {
        PeerAnswer answer = client.call(
                peer(partner), new PeerCall("GET", path, new PeerCall.Body.None(), bytesMax, CALL_DEADLINE));
        if (!(answer instanceof PeerAnswer.Answered answered)) {
            throw new NoAnswer();
        }
        return switch (answered.status()) {
            case 200 -> Optional.of(answered.bytes());
            case 404 -> Optional.empty();
            default -> throw new NoAnswer();
        };
    }

    /** The partner's cosigned checkpoint of its log, where these statements stand in it, and who else vouches for them. */
    public record Proven(String checkpoint, List<ProofJson> proofs, List<LogAnchor> anchors) {
        /** Which incarnation of the partner's log of this relationship it is. */
        String origin(PartyCode partner, PartyCode own) throws Malformed {
            String origin =
                    Checkpoint.parse(SignedNote.parse(checkpoint).text()).origin();
            if (!LogNames.relationship(origin, partner, own)) {
                throw new Malformed("checkpoint.origin-other", Problem.shown(origin));
            }
            return origin;
        }
    }

    /** Asks the partner where statements stand in its log. */
    public Proven prove(Parties.Partner partner, List<Digest> ids) throws Malformed {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode array = request.putArray("statements");
        ids.forEach(id -> array.add(id.hex()));
        PeerAnswer answer = call(peer(partner), PeerDesk.PROOFS, request, PeerDesk.PROOFS_BYTES_MAX);
        if (!(answer instanceof PeerAnswer.Answered answered) || answered.status() != 200) {
            throw new Malformed("link.unreachable", partner.code().text(), partner.address());
        }
        Members members = Members.of(CanonicalJson.parse(answered.bytes(), PeerDesk.PROOFS_BYTES_MAX), "");
        List<ProofJson> proofs = new ArrayList<>();
        for (JsonNode proof : members.array("proofs", 0, ids.size())) {
            proofs.add(ProofJson.read(proof));
        }
        if (!members.has("checkpoint")) {
            throw new Malformed(
                    "bundle.partner-without-checkpoint", partner.code().text());
        }
        String checkpoint = members.text("checkpoint");
        List<LogAnchor> anchors = new ArrayList<>();
        if (members.has("anchors")) {
            for (JsonNode anchor : members.array("anchors", 0, LogEvidence.ANCHORS_MAX)) {
                anchors.add(LogAnchor.read(Members.of(anchor, "anchors")));
            }
        }
        members.end();
        return new Proven(checkpoint, proofs, anchors);
    }

    private PeerAnswer call(Peer peer, String path, ObjectNode request, int bytesMax) {
        return client.call(
                peer,
                new PeerCall(
                        "POST",
                        path,
                        new PeerCall.Body.Bytes("application/json", CanonicalJson.encode(request)),
                        bytesMax,
                        CALL_DEADLINE));
    }

    private static JsonNode json(Outbox.Row row) {
        try {
            return CanonicalJson.parse(row.bytes(), Statement.BYTES_MAX);
        } catch (Malformed e) {
            throw new IllegalStateException("a statement of our own does not read", e);
        }
    }

    private static Optional<List<Answer>> answers(byte[] bytes) {
        try {
            Members members = Members.of(CanonicalJson.parse(bytes, ANSWER_BYTES_MAX), "");
            List<Answer> answers = new ArrayList<>();
            for (JsonNode answer : members.array("answers", 0, 1_000)) {
                answers.add(AnswerJson.read(answer));
            }
            members.end();
            return Optional.of(answers);
        } catch (Malformed e) {
            return Optional.empty();
        }
    }
}
