package org.entente.verification.simulate;

import java.time.Instant;
import java.util.function.Predicate;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.Jws;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a reception would take if one of its checks were missing. The check itself is no port; so what it would have refused is put
 * right and signed anew with the sender's keys, which this world holds, and then the real reception takes it.
 */
final class Softened {
    private final SimulatedNode node;
    private final Cast.Member sender;

    Softened(SimulatedNode node, Cast.Member sender) {
        this.node = node;
        this.sender = sender;
    }

    /** The document without what the planted bug does not look at. */
    byte[] of(Flaw flaw, byte[] bytes) {
        try {
            return switch (flaw) {
                case STRIPPED_SIGNATURE_TAKEN -> bare(document(bytes)) ? signed(payload(document(bytes))) : bytes;
                case SIGNATURES_NOT_VERIFIED -> verifies(bytes) ? bytes : signed(payload(document(bytes)));
                case UNREADABLE_TAKEN -> isReadable(bytes) ? bytes : harmless();
                case AUTHORITY_NOT_COMPARED ->
                    put(
                            bytes,
                            from -> from.party().equals(sender.party())
                                    && !sender.card().introduces(from),
                            "from");
                case ADDRESS_NOT_COMPARED -> put(bytes, to -> !node.own().card().introduces(to), "to");
                case ROOT_FOR_EVERYTHING -> byRoot(bytes) ? signed(payload(document(bytes))) : bytes;
                case DATE_NOT_COMPARED -> redated(bytes);
                case BYTES_NOT_COMPARED -> asKnown(bytes);
                default -> bytes;
            };
        } catch (Malformed unreadable) {
            return bytes;
        }
    }

    private SecretKeys keys() {
        return sender.keys().statement();
    }

    private byte[] signed(ObjectNode payload) {
        return Jws.sign(Statement.TYPE, keys().publicKeys().kid(), payload, keys())
                .bytes();
    }

    private byte[] harmless() {
        Message message = new Reply.Receipt(
                org.entente.evidence.canonical.Digest.of(
                        new byte[] {(byte) node.random().nextInt()}),
                Reply.Stage.DELIVERED,
                java.util.Optional.empty());
        return Statement.sign(message.draft(sender.unit(), node.own().unit(), moment()), keys())
                .bytes();
    }

    private Instant moment() {
        return Instant.ofEpochSecond(node.clock().getEpochSecond());
    }

    private static ObjectNode document(byte[] bytes) throws Malformed {
        return object(CanonicalJson.parse(bytes, Statement.BYTES_MAX));
    }

    private static ObjectNode object(JsonNode node) throws Malformed {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new Malformed("json.object-expected", "payload");
    }

    private static ObjectNode payload(ObjectNode document) throws Malformed {
        JsonNode text = document.get("payload");
        if (text == null || !text.isString()) {
            throw new Malformed("json.object-expected", "payload");
        }
        return object(CanonicalJson.parse(Base64Text.parseUrl(text.stringValue()), Statement.BYTES_MAX));
    }

    private static boolean bare(ObjectNode document) {
        return document.get("signatures") == null || document.get("signatures").size() == 1;
    }

    private boolean verifies(byte[] bytes) {
        try {
            UnverifiedStatement claimed = Statement.of(document(bytes));
            if (claimed.claimedKid().equals(sender.card().root().kid())) {
                claimed.verify(sender.card().root(), sender.card().root().kid());
            } else {
                claimed.verify(sender.card());
            }
            return true;
        } catch (Malformed refused) {
            return false;
        }
    }

    private boolean isReadable(byte[] bytes) {
        try {
            Statement.of(document(bytes));
            Message.read(Statement.of(document(signed(payload(document(bytes)))))
                    .verify(keys().publicKeys(), keys().publicKeys().kid()));
            return true;
        } catch (Malformed refused) {
            return false;
        }
    }

    private boolean byRoot(byte[] bytes) throws Malformed {
        return Statement.of(document(bytes))
                .claimedKid()
                .equals(sender.card().root().kid());
    }

    /** Puts the sender, or this node, where somebody stands who should not. */
    private byte[] put(byte[] bytes, Predicate<Actor> wrong, String member) throws Malformed {
        ObjectNode payload = payload(document(bytes));
        JsonNode stands = payload.get(member);
        if (stands != null && !wrong.test(Actor.parse(stands.stringValue()))) {
            return bytes;
        }
        Cast.Member right = member.equals("from") ? sender : node.own();
        return signed(payload.put(member, right.unit().text()));
    }

    /** The same said by the sender to this node. */
    byte[] turned(byte[] bytes) throws Malformed {
        return signed(payload(document(bytes))
                .put("from", sender.unit().text())
                .put("to", node.own().unit().text()));
    }

    private byte[] asKnown(byte[] bytes) throws Malformed {
        Tables.Stored known = node.running()
                .orElseThrow()
                .tables()
                .statements
                .get(Statement.of(document(bytes)).id());
        return known == null ? bytes : known.statement().bytes();
    }

    private byte[] redated(byte[] bytes) throws Malformed {
        ObjectNode payload = payload(document(bytes));
        UnverifiedStatement claimed = Statement.of(document(bytes));
        boolean ahead = Lane.isDatedAhead(Instant.parse(payload.get("at").stringValue()), node.clock());
        if (!ahead && !payload.has("expires")) {
            return claimed.bytes();
        }
        payload.remove("expires");
        return signed(payload.put("at", moment().toString()));
    }
}
