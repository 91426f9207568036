package org.entente.node.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.entente.exchange.delivery.Lane.Answer;
import org.entente.exchange.delivery.Outbox;
import org.entente.node.body.BodyFiles;
import org.entente.node.ledger.Statements;
import org.entente.node.link.CertificateDigest;
import org.entente.node.link.Peer;
import org.entente.node.link.PeerAnswer;
import org.entente.node.link.PeerCall;
import org.entente.node.link.PeerClient;
import org.entente.node.party.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final PeerClient client;
    private final Parties parties;
    private final BodyFiles bodies;
    private final Statements statements;

    public Courier(PeerClient client, Parties parties, BodyFiles bodies, Statements statements) {
        this.client = client;
        this.parties = parties;
        this.bodies = bodies;
        this.statements = statements;
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

    /**
     * Brings the bodies of these statements, then the statements.
     *
     * @return the partner's answers in order; empty when the attempt failed
     */
    Optional<List<Answer>> bring(Parties.Partner partner, List<Outbox.Row> rows) {
        Peer peer = peer(partner);
        if (!bringBodies(peer, rows)) {
            return Optional.empty();
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode array = request.putArray("statements");
        for (Outbox.Row row : rows) {
            array.add(json(row));
        }
        PeerAnswer answer = call(peer, PeerDesk.STATEMENTS, request, ANSWER_BYTES_MAX);
        return answer instanceof PeerAnswer.Answered answered && answered.status() == 200
                ? answers(answered.bytes())
                        .map(all -> all.stream().map(this::withoutHope).toList())
                : Optional.empty();
    }

    /**
     * Brings some at a time, because the partner forces each to its disk before it answers. The statements that name them
     * travel when all are there, so nothing depends on the order of the bodies.
     */
    private boolean bringBodies(Peer peer, List<Outbox.Row> rows) {
        List<BodyReference> wanted = rows.stream()
                .flatMap(row -> statements.find(row.statement()).orElseThrow().message().bodies().stream())
                .distinct()
                .toList();
        for (int from = 0; from < wanted.size(); from += BODIES_AT_A_TIME) {
            List<BodyReference> some = wanted.subList(from, Math.min(wanted.size(), from + BODIES_AT_A_TIME));
            if (!bringTogether(peer, some)) {
                return false;
            }
        }
        return true;
    }

    private boolean bringTogether(Peer peer, List<BodyReference> some) {
        if (some.size() == 1) {
            return bring(peer, some.getFirst());
        }
        List<Future<Boolean>> brought;
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            brought = some.stream()
                    .map(body -> hands.submit(() -> bring(peer, body)))
                    .toList();
        }
        for (Future<Boolean> one : brought) {
            if (one.state() == Future.State.FAILED) {
                throw new IllegalStateException("a body could not be brought", one.exceptionNow());
            }
        }
        return brought.stream().allMatch(Future::resultNow);
    }

    /** A partner that waits for a body which is not here any more would hold up the lane for ever. */
    private Answer withoutHope(Answer answer) {
        boolean hopeless = answer instanceof Answer.Later later
                && statements
                        .find(later.statement())
                        .filter(entry ->
                                !entry.message().bodies().stream().allMatch(body -> bodies.holds(body.ciphertext())))
                        .isPresent();
        return hopeless
                ? new Answer.RefusedForGood(
                        answer.statement(),
                        Problem.of("link.body-gone", answer.statement().hex()))
                : answer;
    }

    private boolean bring(Peer peer, BodyReference body) {
        if (!bodies.holds(body.ciphertext())) {
            // A restored home has no keys of bodies; a partner that has the statement already acknowledges it without.
            LOG.error(
                    "the body {} that a statement names is not here; the statement is brought alone",
                    body.ciphertext());
            return true;
        }
        PeerAnswer answer = client.call(
                peer,
                new PeerCall(
                        "PUT",
                        PeerDesk.BODIES + body.ciphertext().hex(),
                        new PeerCall.Body.Streamed(
                                "application/octet-stream", body.bytes(), out -> write(body.ciphertext(), out)),
                        NOTE_BYTES_MAX,
                        CALL_DEADLINE));
        return answer instanceof PeerAnswer.Answered answered && answered.status() == 204;
    }

    /** What turns out not to be the body is cut off before its end, so nobody takes it for one. */
    private void write(Digest body, OutputStream out) throws IOException {
        try {
            bodies.write(body, out);
        } catch (Malformed damaged) {
            throw new IOException("a body of our own does not read: " + damaged.problem(), damaged);
        }
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
