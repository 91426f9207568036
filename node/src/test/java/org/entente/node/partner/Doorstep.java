package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.witness.AddCheckpoint;
import org.entente.evidence.witness.WitnessJudgement;
import org.entente.evidence.witness.WitnessReply;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Message;
import org.entente.node.link.LinkIdentity;
import org.entente.node.link.LinkUnavailable;
import org.entente.node.link.PeerLimits;
import org.entente.node.link.PeerListener;
import org.entente.node.link.PeerReply;
import org.entente.node.link.PeerRequest;
import org.entente.node.link.PeerRoute;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where the node finds its partner: takes what it brings, cosigns its log, and proves what stands in the partner's. */
final class Doorstep implements AutoCloseable {
    private static final int BYTES_MAX = 1 << 24;
    private static final long LOOK_MILLIS = 50;

    private final PartyCard node;
    private final Hand hand;
    private final List<Heard> heard = new ArrayList<>();
    private final Map<Digest, byte[]> bodies = new HashMap<>();
    private final List<SignedCheckpoint> seen = new ArrayList<>();
    private final Map<Digest, Optional<JsonNode>> claimed = new HashMap<>();
    private final PeerListener listener;
    private int askedForHead;
    private boolean losesBodies;
    private Optional<Supplier<PeerReply>> refusal = Optional.empty();

    /** What the partner answers with. */
    record Hand(LogInHand log, CosigningSecrets cosigning, PartyCode party) {}

    private Doorstep(LinkIdentity link, PartyCard node, Hand hand) throws LinkUnavailable {
        this.node = node;
        this.hand = hand;
        String pin = node.content().tlsPins().getFirst().hex();
        this.listener = PeerListener.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                link,
                certificate ->
                        certificate.hex().equals(pin) ? Optional.of(node.party().text()) : Optional.empty(),
                List.of(
                        new PeerRoute("POST", "/v1/statements", BYTES_MAX, this::statements),
                        new PeerRoute("PUT", "/v1/bodies/*", BYTES_MAX, this::body),
                        new PeerRoute("POST", "/v1/witness/add-checkpoint", BYTES_MAX, this::cosign),
                        new PeerRoute("POST", "/v1/log/proofs", BYTES_MAX, this::proofs),
                        new PeerRoute("GET", "/v1/kept/head", 0, this::keptHead),
                        new PeerRoute("POST", "/v1/kept/statements", BYTES_MAX, this::keptStatements)),
                PeerLimits.USUAL);
    }

    static Doorstep open(LinkIdentity link, PartyCard node, Hand hand) throws LinkUnavailable {
        return new Doorstep(link, node, hand);
    }

    int port() {
        return listener.port();
    }

    synchronized byte[] body(Digest ciphertext) {
        return Optional.ofNullable(bodies.get(ciphertext)).orElseThrow();
    }

    /** Whether this partner has cosigned that very checkpoint. */
    synchronized boolean cosigned(Checkpoint checkpoint) {
        return seen.stream().anyMatch(one -> one.checkpoint().equals(checkpoint));
    }

    synchronized Heard await(Predicate<Heard> wanted, Duration patience) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (true) {
            Optional<Heard> found = heard.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(Instant.now()).as("the node says what is awaited").isBefore(end);
            wait(LOOK_MILLIS);
        }
    }

    /** Until the node comes by, or a little while. */
    synchronized void pause() throws InterruptedException {
        int before = heard.size() + seen.size();
        Instant end = Instant.now().plusMillis(LOOK_MILLIS);
        while (heard.size() + seen.size() == before && Instant.now().isBefore(end)) {
            wait(LOOK_MILLIS);
        }
    }

    /** Claims from now on to have had a statement of the relationship from the node, and shows it if there is one. */
    synchronized void claim(Digest statement, Optional<JsonNode> document) {
        claimed.put(statement, document);
    }

    /** Until the node has asked so often what this partner has seen. */
    synchronized void awaitAsked(int times, Duration patience) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (askedForHead < times) {
            assertThat(Instant.now()).as("the node asks for the head").isBefore(end);
            wait(LOOK_MILLIS);
        }
    }

    /** Loses every body that is brought from now on, and waits for it; or does so no longer. */
    synchronized void loseBodies(boolean loses) {
        losesBodies = loses;
    }

    /** Takes no body from now on and answers this; or takes them again. */
    synchronized void refuseBodies(Optional<Supplier<PeerReply>> answer) {
        refusal = answer;
    }

    private synchronized PeerReply statements(PeerRequest request) throws IOException {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode answers = reply.putArray("answers");
        try {
            for (JsonNode document : parse(request).path("statements")) {
                Statement statement =
                        Arrival.verify(Statement.of(document), node, Set.of()).statement();
                boolean waits = Message.read(statement).bodies().stream()
                        .anyMatch(body -> !bodies.containsKey(body.ciphertext()));
                if (waits) {
                    answers.addObject()
                            .put("statement", statement.id().hex())
                            .put("outcome", "later")
                            .put("seconds", 1);
                    break;
                }
                if (heard.stream().noneMatch(before -> before.statement().equals(statement))) {
                    hand.log.append(statement.id());
                    heard.add(new Heard(statement, Message.read(statement)));
                }
                answers.addObject().put("statement", statement.id().hex()).put("outcome", "acknowledged");
            }
        } catch (Malformed e) {
            throw new IOException(e);
        }
        notifyAll();
        return json(reply);
    }

    private synchronized PeerReply body(PeerRequest request) throws IOException {
        byte[] bytes = request.body().readAllBytes();
        if (refusal.isPresent()) {
            return refusal.get().get();
        }
        if (!losesBodies) {
            bodies.put(Digest.of(bytes), bytes);
        }
        return PeerReply.empty(204);
    }

    /** Cosigns only what grew out of what it has seen: a node that shows another history gets nothing. */
    private synchronized PeerReply cosign(PeerRequest request) throws IOException {
        KnownLog log = KnownLog.of(LogNames.relationship(node.party(), hand.party, 1), node.logKey());
        Optional<SignedCheckpoint> last = seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast());
        WitnessJudgement judgement;
        try {
            judgement =
                    WitnessJudgement.judge(AddCheckpoint.parse(request.body().readAllBytes()), Optional.of(log), last);
        } catch (Malformed e) {
            throw new IOException(e);
        }
        WitnessReply reply = switch (judgement) {
            case WitnessJudgement.Grown grown -> {
                seen.add(grown.next());
                notifyAll();
                yield grown.reply(CosignerSecrets.of(hand.party, hand.cosigning), Instant.now());
            }
            case WitnessJudgement.Refused refused -> refused.reply();
        };
        return PeerReply.of(reply.status(), reply.contentType(), reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private PeerReply proofs(PeerRequest request) throws IOException {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode proofs = reply.putArray("proofs");
        Optional<SignedCheckpoint> checkpoint = hand.log.cosigned();
        if (checkpoint.isEmpty()) {
            return json(reply);
        }
        reply.put("checkpoint", checkpoint.get().note());
        for (JsonNode id : parse(request).path("statements")) {
            Optional<InclusionProof> proof = hand.log.proof(
                    digest(id.asString("")), checkpoint.get().checkpoint().size());
            if (proof.isPresent()) {
                ObjectNode one = proofs.addObject()
                        .put("statement", id.asString(""))
                        .put("index", proof.get().index());
                ArrayNode path = one.putArray("path");
                proof.get().path().forEach(hash -> path.add(hash.hex()));
            }
        }
        return json(reply);
    }

    /** Names what the partner claims to have of the relationship, beside the newest head that it cosigned. */
    private synchronized PeerReply keptHead(PeerRequest request) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode().put("mirrored", 0);
        ArrayNode beyond = reply.putArray("beyond");
        claimed.forEach((id, document) -> beyond.add(id.hex()));
        askedForHead++;
        notifyAll();
        return json(reply);
    }

    private synchronized PeerReply keptStatements(PeerRequest request) throws IOException {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode statements = reply.putArray("statements");
        for (JsonNode id : parse(request).path("statements")) {
            Optional.ofNullable(claimed.get(digest(id.asString(""))))
                    .flatMap(one -> one)
                    .ifPresent(statements::add);
        }
        reply.putArray("refused");
        return json(reply);
    }

    private static Digest digest(String hex) throws IOException {
        try {
            return Digest.parse(hex);
        } catch (Malformed e) {
            throw new IOException(e);
        }
    }

    private static JsonNode parse(PeerRequest request) throws IOException {
        try {
            return CanonicalJson.parse(request.body().readAllBytes(), BYTES_MAX);
        } catch (Malformed e) {
            throw new IOException(e);
        }
    }

    private static PeerReply json(ObjectNode body) {
        return PeerReply.of(200, "application/json", CanonicalJson.encode(body));
    }

    @Override
    public void close() {
        listener.close();
    }
}
