package org.entente.node.delivery;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.node.ledger.Kept;
import org.entente.node.ledger.Mirrors;
import org.entente.node.ledger.PartnerWitness;
import org.entente.node.link.PeerReply;
import org.entente.node.link.PeerRequest;
import org.entente.node.party.Parties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a partner back what this node keeps of the partner's own log: its newest cosigned head, its entries, and the
 * statements of the relationship. A partner that restored an older copy goes on with it, and others know by it that they need not.
 */
final class KeptDesk {
    static final String HEAD = "/v1/kept/head";
    static final String ENTRIES = "/v1/kept/entries/";
    static final String BEYOND = "/v1/kept/beyond/";
    static final String STATEMENTS = "/v1/kept/statements";
    static final int ENTRIES_MAX = 4_096;
    static final int BEYOND_MAX = 1_000;
    static final int STATEMENTS_MAX = 64;
    static final int ASKED_BYTES_MAX = 1 << 14;
    static final int ANSWER_BYTES_MAX = 1 << 24;
    private static final int PLACE_DIGITS_MAX = 15;

    private final Parties parties;
    private final PartnerWitness witness;
    private final Mirrors mirrors;
    private final Kept kept;

    KeptDesk(Parties parties, PartnerWitness witness, Mirrors mirrors, Kept kept) {
        this.parties = parties;
        this.witness = witness;
        this.mirrors = mirrors;
        this.kept = kept;
    }

    PeerReply head(PartyCode partner, PeerRequest request) throws Malformed {
        String origin = witness.origin(partner);
        ObjectNode reply = JsonNodeFactory.instance.objectNode().put("mirrored", mirrors.size(origin));
        witness.cosignAgain(parties.require(partner).card()).ifPresent(head -> reply.put("checkpoint", head.note()));
        ArrayNode beyond = reply.putArray("beyond");
        kept.beyond(partner, origin, 0, BEYOND_MAX).forEach(id -> beyond.add(id.hex()));
        return json(reply);
    }

    /** What the head names, and what comes behind its end, from that number on. */
    PeerReply beyond(PartyCode partner, PeerRequest request) throws Malformed {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode statements = reply.putArray("statements");
        kept.beyond(partner, witness.origin(partner), number(request, BEYOND), BEYOND_MAX)
                .forEach(id -> statements.add(id.hex()));
        return json(reply);
    }

    private static long number(PeerRequest request, String prefix) throws Malformed {
        String number = request.path().substring(prefix.length());
        if (!number.matches("0|[1-9][0-9]*") || number.length() > PLACE_DIGITS_MAX) {
            throw new Malformed("restore.place-malformed");
        }
        return Long.parseLong(number);
    }

    PeerReply entries(PartyCode partner, PeerRequest request) throws Malformed {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode statements = reply.putArray("statements");
        mirrors.read(witness.origin(partner), number(request, ENTRIES), ENTRIES_MAX)
                .forEach(id -> statements.add(id.hex()));
        return json(reply);
    }

    /** Those of the statements that are known in this relationship, until the answer is full; the others are asked for again. */
    PeerReply statements(PartyCode partner, PeerRequest request) throws java.io.IOException, Malformed {
        Members members = Members.of(CanonicalJson.parse(request.body().readAllBytes(), ASKED_BYTES_MAX), "");
        List<Digest> asked = new ArrayList<>();
        for (JsonNode id : members.array("statements", 1, STATEMENTS_MAX)) {
            asked.add(Digest.parse(id.asString("")));
        }
        members.end();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode statements = reply.putArray("statements");
        ArrayNode refused = reply.putArray("refused");
        int room = ANSWER_BYTES_MAX - Statement.BYTES_MAX;
        for (Kept.One one : kept.statements(partner, asked)) {
            room -= one.bytes().length;
            if (room < 0) {
                break;
            }
            statements.add(CanonicalJson.parse(one.bytes(), Statement.BYTES_MAX));
            if (!one.taken()) {
                refused.add(one.id().hex());
            }
        }
        return json(reply);
    }

    private static PeerReply json(ObjectNode body) {
        return PeerReply.of(200, "application/json", CanonicalJson.encode(body));
    }
}
