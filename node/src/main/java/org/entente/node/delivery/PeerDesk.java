package org.entente.node.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.witness.WitnessReply;
import org.entente.exchange.delivery.Acceptance;
import org.entente.exchange.delivery.AnswerJson;
import org.entente.exchange.delivery.Lane.Answer;
import org.entente.exchange.delivery.Reception;
import org.entente.node.body.BodyFiles;
import org.entente.node.home.DiskSpace;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Kept;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Mirrors;
import org.entente.node.ledger.PartnerWitness;
import org.entente.node.link.PeerReply;
import org.entente.node.link.PeerRequest;
import org.entente.node.link.PeerRoute;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.entente.node.party.PartnerStorage;
import org.entente.node.reading.Edition;
import org.entente.node.testimony.Testimony;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a partner's node may ask of this one over the link: to take bodies and statements, to cosign a checkpoint, and to
 * prove where statements of their relationship stand. Nothing else has a route.
 */
public final class PeerDesk {
    static final String STATEMENTS = "/v1/statements";
    static final String ADD_CHECKPOINT = "/v1/witness/add-checkpoint";
    static final String PROOFS = "/v1/log/proofs";
    /** The prefix of a log's files (C2SP tlog-tiles); each partner sees that of its own relationship there. */
    static final String LOG_FILES = "/v1/log/";

    static final String CHECKPOINT = "checkpoint";
    static final int STATEMENTS_BYTES_MAX = 1 << 24;
    static final int PROOFS_BYTES_MAX = 1 << 24;
    private static final int CHECKPOINT_BYTES_MAX = 1 << 16;
    private static final int STATEMENTS_MAX = 64;
    private static final int PROOFS_MAX = 20_000;
    private static final String JSON = "application/json";
    /** The status of RFC 4918 section 11.5. */
    private static final int INSUFFICIENT_STORAGE = 507;

    private static final Logger LOG = LoggerFactory.getLogger(PeerDesk.class);

    private final Parties parties;
    private final Reception reception;
    private final BodyDesk bodies;
    private final Shelf shelf;
    private final LinkStops stops;
    private final Evidence evidence;
    private final KeptDesk kept;
    private final Recovery recovery;

    /** What can be shown of this node's logs, what it has seen of the partners', and what it keeps for them. */
    public record Evidence(
            PartnerWitness witness,
            Logs logs,
            Checkpoints checkpoints,
            Testimony testimony,
            Mirrors mirrors,
            Kept kept) {}

    /** Where bodies that come in are kept, and what a partner may have of them here. */
    public record Shelf(BodyFiles bodies, PartnerStorage storage) {}

    public PeerDesk(
            Parties parties, Reception reception, Shelf shelf, LinkStops stops, Evidence evidence, Recovery recovery) {
        this.parties = parties;
        this.reception = reception;
        this.shelf = shelf;
        this.bodies = new BodyDesk(shelf.bodies, shelf.storage, stops::requireNone);
        this.stops = stops;
        this.evidence = evidence;
        this.kept = new KeptDesk(parties, evidence.witness, evidence.mirrors, evidence.kept);
        this.recovery = recovery;
    }

    public List<PeerRoute> routes() {
        return List.of(
                new PeerRoute(
                        "POST", STATEMENTS, JSON, STATEMENTS_BYTES_MAX, request -> guarded(request, this::statements)),
                new PeerRoute("PUT", BodyDesk.ROUTE, bodies.bytesMax(), request -> guarded(request, bodies::bring)),
                new PeerRoute("GET", BodyDesk.ROUTE, 0, request -> guarded(request, bodies::standing)),
                new PeerRoute(
                        "POST", ADD_CHECKPOINT, CHECKPOINT_BYTES_MAX, request -> guarded(request, this::addCheckpoint)),
                new PeerRoute("POST", PROOFS, JSON, PROOFS_BYTES_MAX, request -> guarded(request, this::proofs)),
                new PeerRoute("GET", LOG_FILES + CHECKPOINT, 0, request -> guarded(request, this::checkpoint)),
                new PeerRoute("GET", LOG_FILES + "tile/*", 0, request -> guarded(request, this::tile)),
                new PeerRoute("GET", KeptDesk.HEAD, 0, request -> guarded(request, kept::head)),
                new PeerRoute("GET", KeptDesk.ENTRIES + "*", 0, request -> guarded(request, kept::entries)),
                new PeerRoute("GET", KeptDesk.BEYOND + "*", 0, request -> guarded(request, kept::beyond)),
                new PeerRoute(
                        "POST",
                        KeptDesk.STATEMENTS,
                        JSON,
                        KeptDesk.ASKED_BYTES_MAX,
                        request -> guarded(request, kept::statements)));
    }

    private interface Desk {
        PeerReply answer(PartyCode partner, PeerRequest request) throws IOException, Malformed;
    }

    /**
     * A malformed request is answered with its code alone: the partner's node has no eyes for sentences. A full disk is said
     * in our own log, and the partner keeps what it wanted to bring.
     */
    private static PeerReply guarded(PeerRequest request, Desk desk) throws IOException {
        try {
            return desk.answer(PartyCode.parse(request.party()), request);
        } catch (Malformed malformed) {
            return json(
                    422,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("code", malformed.problem().code()));
        } catch (IOException | RuntimeException failed) {
            if (!DiskSpace.isBehind(failed)) {
                throw failed;
            }
            LOG.error(
                    "what {} brings is not taken: the disk is full; make room, the partner tries again",
                    request.party());
            return PeerReply.empty(INSUFFICIENT_STORAGE);
        }
    }

    /** The link may be stopped while a slow call is being read: it is asked again then. */
    private PeerReply statements(PartyCode partner, PeerRequest request) throws IOException, Malformed {
        stops.requireNone(partner);
        recovery.requireAssured(partner);
        Members members = Members.of(CanonicalJson.parse(request.body().readAllBytes(), STATEMENTS_BYTES_MAX), "");
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode answers = reply.putArray("answers");
        List<JsonNode> documents =
                List.copyOf(members.array("statements", 1, STATEMENTS_MAX).values());
        members.end();
        stops.requireNone(partner);
        List<Reception.Received> received;
        try (Edition.Look _ = Edition.look()) {
            received = reception.receive(partner, documents);
        }
        for (int n = 0; n < received.size(); n++) {
            note(partner, documents.get(n), received.get(n));
            answers.add(AnswerJson.write(received.get(n).answer()));
        }
        return json(200, reply);
    }

    private void note(PartyCode partner, JsonNode document, Reception.Received received) throws IOException {
        if (received.answer() instanceof Answer.RefusedForGood refused) {
            LOG.warn("refused {} of {}: {}", refused.statement(), partner, refused.problem());
            for (Digest body : shelf.storage.refused(partner, document.toString())) {
                shelf.bodies.expire(body);
            }
        } else if (received.acceptance().orElse(null) instanceof Acceptance.Quarantined) {
            LOG.info(
                    "quarantined {} of {}: the memorandum is suspended",
                    received.answer().statement(),
                    partner);
        }
    }

    private PeerReply addCheckpoint(PartyCode partner, PeerRequest request) throws IOException, Malformed {
        if (stops.isRestoring(partner)) {
            throw new Malformed("link.stopped", partner.text());
        }
        // A stopped link is not asked about, and its witness calls are what further proofs come from.
        if (!recovery.isAssured(partner) && stops.of(partner).isEmpty()) {
            throw new Malformed("link.not-assured", partner.text());
        }
        WitnessReply reply = evidence.witness.addCheckpoint(
                parties.require(partner).card(), request.body().readAllBytes());
        return PeerReply.of(reply.status(), reply.contentType(), reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private PeerReply proofs(PartyCode partner, PeerRequest request) throws IOException, Malformed {
        Members members = Members.of(CanonicalJson.parse(request.body().readAllBytes(), PROOFS_BYTES_MAX), "");
        Optional<SignedCheckpoint> checkpoint = evidence.checkpoints.cosigned(evidence.logs.origin(partner));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode proofs = reply.putArray("proofs");
        if (checkpoint.isPresent()) {
            reply.put("checkpoint", checkpoint.get().note());
            List<Digest> asked = new ArrayList<>();
            for (JsonNode id : members.array("statements", 1, PROOFS_MAX)) {
                asked.add(Digest.parse(id.asString("")));
            }
            Map<Digest, InclusionProof> found = evidence.checkpoints.proofs(partner, asked, checkpoint.get());
            found.forEach((id, proof) -> proofs.add(ProofJson.write(id.hex(), proof)));
            ArrayNode anchors = reply.putArray("anchors");
            List<Long> places =
                    found.values().stream().map(InclusionProof::index).toList();
            evidence.testimony.anchors(checkpoint.get(), places).forEach(anchor -> anchors.add(anchor.json()));
        }
        return json(200, reply);
    }

    private PeerReply checkpoint(PartyCode partner, PeerRequest request) {
        return evidence.checkpoints
                .published(evidence.logs.origin(partner))
                .map(checkpoint -> PeerReply.of(
                        200, "text/plain; charset=utf-8", checkpoint.note().getBytes(StandardCharsets.UTF_8)))
                .orElse(PeerReply.empty(404));
    }

    private PeerReply tile(PartyCode partner, PeerRequest request) throws Malformed {
        TilePath path = TilePath.parse(request.path().substring(LOG_FILES.length()));
        return evidence.checkpoints
                .files(evidence.logs.origin(partner))
                .read(path)
                .map(file -> PeerReply.of(200, "application/octet-stream", file))
                .orElse(PeerReply.empty(404));
    }

    private static PeerReply json(int status, ObjectNode body) {
        return PeerReply.of(status, JSON, CanonicalJson.encode(body));
    }
}
