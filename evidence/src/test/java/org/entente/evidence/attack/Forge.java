package org.entente.evidence.attack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.NoteKey;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Signs with real keys what no honest writer would make: documents and notes of any form, put together here from the standards' texts. */
final class Forge {
    static final Party MX = new Party("MX", "UIF", "");
    static final Party US = new Party("US", "FINCEN", "");
    static final Instant AT = Party.START;

    private Forge() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String header(String algorithm, String kid, String type) {
        return "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\",\"typ\":\"" + type + "\"}";
    }

    /** A JWS of both algorithms over any payload, by whoever has the keys. */
    static byte[] jws(String kid, String type, byte[] payload, SecretKeys keys) {
        String classical = header("Ed25519", kid, type);
        String postQuantum = header("ML-DSA-65", kid, type);
        return jws(payload, List.of(classical, postQuantum), keys);
    }

    /** A JWS whose two headers are any texts; each signature covers its own. */
    static byte[] jws(byte[] payload, List<String> headers, SecretKeys keys) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("payload", Base64Text.url(payload));
        document.putArray("signatures")
                .add(entry(headers.get(0), keys.signEd25519(signingInput(headers.get(0), payload))))
                .add(entry(headers.get(1), keys.signMlDsa65(signingInput(headers.get(1), payload))));
        return CanonicalJson.encode(document);
    }

    static byte[] signingInput(String header, byte[] payload) {
        return utf8(Base64Text.url(utf8(header)) + "." + Base64Text.url(payload));
    }

    static ObjectNode entry(String header, byte[] signature) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("protected", Base64Text.url(utf8(header)))
                .put("signature", Base64Text.url(signature));
    }

    /** A signature line of a note. */
    static String line(String name, int keyId, byte[] signature) {
        byte[] bytes = ByteBuffer.allocate(4 + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    static String line(NoteKey key, byte[] signature) {
        return line(key.name(), key.id(), signature);
    }

    /** {@code timestamped_signature} of tlog-cosignature. */
    static byte[] timed(long seconds, byte[] signature) {
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
    }

    /** What an Ed25519 cosigner signs. */
    static byte[] cosignatureText(long seconds, String text) {
        return utf8("cosignature/v1\ntime " + seconds + "\n" + text);
    }

    /** {@code cosigned_message} of tlog-cosignature, of any subtree. */
    static byte[] cosignedMessage(String cosigner, long seconds, long start, Checkpoint end) {
        byte[] name = utf8(cosigner);
        byte[] origin = utf8(end.origin());
        return ByteBuffer.allocate(12 + 1 + name.length + 8 + 1 + origin.length + 16 + 32)
                .put(utf8("subtree/v1\n\0"))
                .put((byte) name.length)
                .put(name)
                .putLong(seconds)
                .put((byte) origin.length)
                .put(origin)
                .putLong(start)
                .putLong(end.size())
                .put(end.root().bytes())
                .array();
    }

    /** The other signature of the same message that a lax verifier takes: S + L in the place of S. */
    static byte[] malleated(byte[] ed25519) {
        byte[] order = HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        byte[] other = ed25519.clone();
        int carry = 0;
        for (int i = 0; i < order.length; i++) {
            carry += (ed25519[32 + i] & 0xff) + (order[i] & 0xff);
            other[32 + i] = (byte) carry;
            carry >>>= 8;
        }
        return other;
    }

    static byte[] longer(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }
}
