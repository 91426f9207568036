package org.entente.verification.oracle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Re-verifies a bundle's signatures, inclusion proofs and checkpoints from its bytes, after docs/spec/evidence.md, with the
 * JDK's own SHA-256, Ed25519 and ML-DSA-65 and no code of the project. It checks what carries the evidence, and not every
 * rule of the format.
 */
public final class PlainBundle {
    private static final Base64.Decoder URL = Base64.getUrlDecoder();
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] ML_DSA_65_SPKI =
            HexFormat.of().parseHex("308207b2300b0609608648016503040312038207a100");
    private static final int LOG_KEY = 0x01;
    private static final byte[] ML_DSA_44_SPKI =
            HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");
    private static final int COSIGNING_ED25519 = 0x04;
    private static final int COSIGNING_ML_DSA_44 = 0x06;

    private final JsonMapper json = new JsonMapper();
    private final JsonNode content;
    private final Map<String, JsonNode> cards = new HashMap<>();
    private int statementsVerified;

    private PlainBundle(JsonNode content) {
        this.content = content;
    }

    /** What was verified: statements, and the size of each party's log. */
    public record Verified(int statements, Map<String, Long> logSizes) {
        public Verified {
            logSizes = Map.copyOf(logSizes);
        }
    }

    /** Verifies, or throws with what does not hold. */
    public static Verified verify(byte[] bundle) throws GeneralSecurityException {
        PlainBundle plain = new PlainBundle(new JsonMapper().readTree(bundle).required("content"));
        plain.cards();
        plain.statements();
        plain.bodies();
        return new Verified(plain.statementsVerified, plain.logs());
    }

    private void cards() throws GeneralSecurityException {
        for (JsonNode card : content.required("cards")) {
            JsonNode payload = payload(card);
            verify(card, payload.required("keys").required("root"));
            cards.put(payload.required("party").asString(), payload);
        }
        require(cards.size() == 2, "two cards");
    }

    private void statements() throws GeneralSecurityException {
        for (JsonNode statement : content.required("statements")) {
            JsonNode keys = card(payload(statement).required("from").asString()).required("keys");
            String signer = keyName(statement);
            JsonNode root = keys.required("root");
            verify(statement, signer.equals(keyName(root, "entente-key/1")) ? root : keys.required("statement"));
            statementsVerified++;
        }
    }

    /** Each content, hashed with its salt, is what a statement of the bundle commits its sender to. */
    private void bodies() throws GeneralSecurityException {
        for (JsonNode body : content.path("bodies")) {
            byte[] salt = Base64.getDecoder().decode(body.required("salt").asString());
            byte[] shown = Base64.getDecoder().decode(body.required("content").asString());
            String commitment =
                    HexFormat.of().formatHex(sha256(bytes("entente.body-commitment.v1\0"), salt, sha256(shown)));
            String ciphertext = body.required("ciphertext").asString();
            boolean named = false;
            for (JsonNode statement : content.required("statements")) {
                String said = payload(statement).toString();
                named |= HexFormat.of()
                                .formatHex(id(statement))
                                .equals(body.required("statement").asString())
                        && said.contains("\"commitment\":\"" + commitment + "\"")
                        && said.contains("\"ciphertext\":\"" + ciphertext + "\"");
            }
            require(salt.length == 32 && named, "the body " + ciphertext);
        }
    }

    private JsonNode card(String sender) {
        return Optional.ofNullable(cards.get(sender.replaceFirst("/.*", "")))
                .orElseThrow(() -> new AssertionError("no card of " + sender));
    }

    private String keyName(JsonNode jws) {
        return json.readTree(URL.decode(signature(jws, 0).required("protected").asString()))
                .required("kid")
                .asString();
    }

    private static String keyName(JsonNode pair, String domain) throws GeneralSecurityException {
        byte[] name = framed(
                domain,
                URL.decode(pair.required("ed25519").asString()),
                URL.decode(pair.required("mlDsa65").asString()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    }

    private static JsonNode signature(JsonNode jws, int position) {
        return jws.required("signatures").required(position);
    }

    private JsonNode payload(JsonNode jws) {
        return json.readTree(URL.decode(jws.required("payload").asString()));
    }

    /** Both signatures of a document under one pair of keys. */
    private static void verify(JsonNode jws, JsonNode pair) throws GeneralSecurityException {
        String payload = jws.required("payload").asString();
        for (int i = 0; i < 2; i++) {
            boolean ed25519 = i == 0;
            byte[] message = bytes(signature(jws, i).required("protected").asString() + "." + payload);
            byte[] key =
                    URL.decode(pair.required(ed25519 ? "ed25519" : "mlDsa65").asString());
            byte[] value = URL.decode(signature(jws, i).required("signature").asString());
            require(holds(ed25519 ? "Ed25519" : "ML-DSA-65", key, message, value), "signature " + i);
        }
    }

    private static boolean holds(String algorithm, byte[] key, byte[] message, byte[] value)
            throws GeneralSecurityException {
        byte[] prefix = switch (algorithm) {
            case "Ed25519" -> ED25519_SPKI;
            case "ML-DSA-44" -> ML_DSA_44_SPKI;
            default -> ML_DSA_65_SPKI;
        };
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(
                KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(join(prefix, key))));
        verifier.update(message);
        return verifier.verify(value);
    }

    private Map<String, Long> logs() throws GeneralSecurityException {
        Map<String, Long> sizes = new HashMap<>();
        for (JsonNode log : content.required("logs")) {
            String origin = log.required("origin").asString();
            List<String> names = List.of(origin.split("/", -1));
            String party = names.get(2);
            String counterpart = names.get(3);
            String note = log.required("checkpoint").asString();
            int end = note.indexOf("\n\n") + 1;
            String text = note.substring(0, end);
            List<String> lines = text.lines().toList();
            require(lines.getFirst().equals(origin), "the origin of " + origin);
            checkpoint(note.substring(end + 1), text, new Signers(origin, party, counterpart));
            long size = Long.parseLong(lines.get(1));
            byte[] root = Base64.getDecoder().decode(lines.get(2));
            inclusions(log.required("inclusions"), size, root);
            sizes.put(party, size);
        }
        return sizes;
    }

    private record Signers(String origin, String party, String counterpart) {}

    /** The log's own signature, and both of the counterpart's cosignatures. */
    private void checkpoint(String signatures, String text, Signers signers) throws GeneralSecurityException {
        byte[] logKey = URL.decode(
                card(signers.party()).required("keys").required("log").asString());
        byte[] own = signatureOf(signatures, signers.origin(), LOG_KEY, logKey);
        require(holds("Ed25519", logKey, bytes(text), own), "the log's signature");
        require(signatures.lines().count() == 3, "three signatures");
        JsonNode keys = card(signers.counterpart()).required("keys").required("cosigning");
        String cosigner = "entente/cosigner/" + signers.counterpart();

        byte[] ed25519 = URL.decode(keys.required("ed25519").asString());
        ByteBuffer first = ByteBuffer.wrap(signatureOf(signatures, cosigner, COSIGNING_ED25519, ed25519));
        String head = "cosignature/v1\ntime " + first.getLong() + "\n";
        require(holds("Ed25519", ed25519, bytes(head + text), rest(first)), "the cosignature of Ed25519");

        byte[] mlDsa44 = URL.decode(keys.required("mlDsa44").asString());
        ByteBuffer second = ByteBuffer.wrap(signatureOf(signatures, cosigner, COSIGNING_ML_DSA_44, mlDsa44));
        byte[] message = cosignedMessage(cosigner, text, second.getLong());
        require(holds("ML-DSA-44", mlDsa44, message, rest(second)), "the cosignature of ML-DSA-44");
    }

    /** C2SP tlog-cosignature, {@code cosigned_message} from the first leaf to the last. */
    private static byte[] cosignedMessage(String cosigner, String text, long time) {
        List<String> lines = text.lines().toList();
        byte[] name = bytes(cosigner);
        byte[] origin = bytes(lines.get(0));
        return join(
                bytes("subtree/v1\n\0"),
                new byte[] {(byte) name.length},
                name,
                ByteBuffer.allocate(8).putLong(time).array(),
                new byte[] {(byte) origin.length},
                origin,
                new byte[8],
                ByteBuffer.allocate(8).putLong(Long.parseLong(lines.get(1))).array(),
                Base64.getDecoder().decode(lines.get(2)));
    }

    private static byte[] rest(ByteBuffer buffer) {
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return rest;
    }

    /** What stands after the key's id in the signature line of this name and key. */
    private static byte[] signatureOf(String signatures, String name, int type, byte[] key)
            throws GeneralSecurityException {
        byte[] id = Arrays.copyOf(sha256(bytes(name + "\n"), new byte[] {(byte) type}, key), 4);
        for (String line : signatures.lines().toList()) {
            String prefix = "\u2014 " + name + " ";
            if (line.startsWith(prefix)) {
                byte[] blob = Base64.getDecoder().decode(line.substring(prefix.length()));
                if (Arrays.equals(Arrays.copyOf(blob, 4), id)) {
                    return Arrays.copyOfRange(blob, 4, blob.length);
                }
            }
        }
        throw new AssertionError("no signature of " + name);
    }

    private void inclusions(JsonNode inclusions, long size, byte[] root) throws GeneralSecurityException {
        JsonNode statements = content.required("statements");
        require(inclusions.size() == statements.size(), "one inclusion a statement");
        for (int i = 0; i < statements.size(); i++) {
            byte[] entry = join(bytes("entente-log-entry/1\n"), id(statements.get(i)));
            JsonNode path = inclusions.get(i).required("path");
            long index = inclusions.get(i).required("index").asLong();
            byte[] computed = root(index, size, sha256(new byte[] {0}, entry), path, path.size());
            require(Arrays.equals(computed, root), "the inclusion of statement " + i);
        }
    }

    /** RFC 6962, section 2.1.1, the other way round: the tree's root from a leaf and the first {@code length} siblings. */
    private static byte[] root(long index, long size, byte[] leaf, JsonNode path, int length)
            throws GeneralSecurityException {
        if (size == 1) {
            require(length == 0 && index == 0, "a path of the right length");
            return leaf;
        }
        require(length > 0, "a path of the right length");
        long left = Long.highestOneBit(size - 1);
        byte[] sibling = HexFormat.of().parseHex(path.get(length - 1).asString());
        return index < left
                ? sha256(new byte[] {1}, root(index, left, leaf, path, length - 1), sibling)
                : sha256(new byte[] {1}, sibling, root(index - left, size - left, leaf, path, length - 1));
    }

    private static byte[] id(JsonNode statement) throws GeneralSecurityException {
        return framed(
                "entente-jws-id/1",
                URL.decode(signature(statement, 0).required("protected").asString()),
                URL.decode(signature(statement, 1).required("protected").asString()),
                URL.decode(statement.required("payload").asString()));
    }

    private static byte[] framed(String domain, byte[]... parts) throws GeneralSecurityException {
        byte[] framed = bytes(domain + "\n");
        for (byte[] part : parts) {
            framed = join(framed, ByteBuffer.allocate(8).putLong(part.length).array(), part);
        }
        return sha256(framed);
    }

    private static byte[] sha256(byte[]... parts) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(join(parts));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void require(boolean held, String what) {
        if (!held) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
