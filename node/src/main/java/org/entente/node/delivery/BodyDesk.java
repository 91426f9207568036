package org.entente.node.delivery;

import java.io.IOException;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.PartialBodies;
import org.entente.node.link.PeerReply;
import org.entente.node.link.PeerRequest;

/** Takes the bodies that a partner brings: short ones in one call, longer ones piece by piece; and says how much of one is here. */
public final class BodyDesk {
    /** Where bodies are brought to. */
    public static final String ROUTE = BodyPath.BODIES + "*";

    private final BodyFiles bodies;
    private final Gate gate;

    /** Refuses a partner from whom nothing is taken now. */
    @FunctionalInterface
    public interface Gate {
        void require(PartyCode partner) throws Malformed;
    }

    public BodyDesk(BodyFiles bodies, Gate gate) {
        this.bodies = bodies;
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
        return json(bodies.partial().standing(partner, path.body()));
    }

    private static PeerReply json(PartialBodies.Standing standing) {
        return PeerReply.of(200, "application/json", CanonicalJson.encode(BodyPath.json(standing)));
    }
}
