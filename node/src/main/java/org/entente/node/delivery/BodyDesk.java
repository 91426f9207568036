package org.entente.node.delivery;

import java.io.IOException;
import java.time.Duration;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.PartialBodies;
import org.entente.node.link.PeerReply;
import org.entente.node.link.PeerRequest;
import org.entente.node.party.Share;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** Takes the bodies that a partner brings: short ones in one call, longer ones piece by piece; and says how much of one is here. */
public final class BodyDesk {
    /** Where bodies are brought to. */
    public static final String ROUTE = BodyPath.BODIES + "*";

    private static final String JSON = "application/json";
    private static final Duration STORAGE_REST = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(BodyDesk.class);

    private final BodyFiles bodies;
    private final Share share;
    private final Gate gate;

    /** Refuses a partner from whom nothing is taken now. */
    @FunctionalInterface
    public interface Gate {
        void require(PartyCode partner) throws Malformed;
    }

    public BodyDesk(BodyFiles bodies, Share share, Gate gate) {
        this.bodies = bodies;
        this.share = share;
        this.gate = gate;
    }

    /** What one call may carry. */
    public long bytesMax() {
        return bodies.limits().pieceBytes();
    }

    /** A whole body that is short enough, or a piece of one. */
    public PeerReply bring(PartyCode partner, PeerRequest request) throws IOException, Malformed {
        gate.require(partner);
        BodyPath path = BodyPath.parse(request.path());
        boolean begins = path.piece().filter(piece -> piece.offset() > 0).isEmpty();
        if (begins && !bodies.holds(path.body()) && !share.hasRoomForBody(partner)) {
            LOG.warn("a body of {} is not taken: too much lies here that no statement of it names", partner);
            return PeerReply.of(
                            507,
                            JSON,
                            CanonicalJson.encode(
                                    JsonNodeFactory.instance.objectNode().put("code", "link.too-much-unnamed")))
                    .after(STORAGE_REST);
        }
        PeerReply reply = take(partner, path, request);
        if (bodies.holds(path.body())) {
            share.brought(partner, path.body(), bodies.bytesOnDisk(path.body()));
        }
        return reply;
    }

    private PeerReply take(PartyCode partner, BodyPath path, PeerRequest request) throws IOException, Malformed {
        if (path.piece().isPresent()) {
            return json(bodies.partial().take(partner, path.piece().get(), request.body()));
        }
        if (!bodies.renew(path.body())) {
            bodies.keep(path.body(), request.body());
        }
        return PeerReply.empty(204);
    }

    /** How much of a body this partner has brought. */
    public PeerReply standing(PartyCode partner, PeerRequest request) throws IOException, Malformed {
        gate.require(partner);
        BodyPath path = BodyPath.parse(request.path());
        if (path.piece().isPresent()) {
            throw BodyPath.malformed();
        }
        PartialBodies.Standing standing = bodies.partial().standing(partner, path.body());
        if (standing.complete()) {
            share.brought(partner, path.body(), bodies.bytesOnDisk(path.body()));
        }
        return json(standing);
    }

    private static PeerReply json(PartialBodies.Standing standing) {
        return PeerReply.of(200, JSON, CanonicalJson.encode(BodyPath.json(standing)));
    }
}
