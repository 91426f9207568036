package org.entente.evidence.card;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document signed by one signer with two algorithms: JWS General JSON (RFC 7515 section 7.2.1), of which exactly one
 * form is accepted.
 *
 * <p>The whole is canonical JSON {@code {"payload":P,"signatures":[{"protected":H1,"signature":S1},
 * {"protected":H2,"signature":S2}]}}. H1 is the canonical header {@code {"alg":"Ed25519","kid":K,"typ":T}}, H2 the same
 * with {@code "alg":"ML-DSA-65"} (RFC 9864, RFC 9964). Only under a certificate, H1 has {@code iat} and
 * {@code x5t#S256} as well ({@link Certification}). The payload is a canonical JSON object. Everything a general JWS
 * would also allow (other members, unprotected headers, other orders, more signatures) is refused, each with its own
 * code, because a form that two readers may read differently is no evidence. As each signature covers a header that
 * names its own algorithm, one can never stand in for the other.
 *
 * <p>An object of this class was read, not verified, unless {@link #verify} has returned.
 */
public final class Jws {
    private static final List<String> ALGORITHMS = List.of("Ed25519", "ML-DSA-65");
    private static final String ISSUED_AT = "iat";
    private static final String THUMBPRINT = "x5t#S256";
    private static final long SECONDS_MAX = 253_402_300_799L;
    private static final Pattern KID = Pattern.compile("[A-Za-z0-9._-]{2,64}");

    private final String type;
    private final String kid;
    private final JsonNode payload;
    private final byte[] payloadBytes;
    private final byte[] ed25519Signature;
    private final byte[] mlDsa65Signature;
    private final Optional<Certification> certification;
    private final Digest id;

    /** @param payloadBytes the canonical bytes of the payload */
    private Jws(Signed signed, byte[] payloadBytes, byte[] ed25519Signature, byte[] mlDsa65Signature) {
        this.type = signed.type;
        this.kid = signed.kid;
        this.certification = signed.certification;
        this.payload = signed.payload;
        this.payloadBytes = payloadBytes;
        this.ed25519Signature = ed25519Signature;
        this.mlDsa65Signature = mlDsa65Signature;
        this.id = Digest.framed("entente-jws-id/1", signed.header(0), signed.header(1), payloadBytes);
    }

    /** What the signatures cover besides the algorithm's name; the certificate is one of the Ed25519 key. */
    private record Signed(String type, String kid, Optional<Certification> certification, JsonNode payload) {
        byte[] header(int algorithm) {
            return Jws.header(algorithm, kid, type, certification);
        }
    }

    /**
     * What the header of the Ed25519 signature says under a certificate, as JAdES baseline signatures must (ETSI TS 119 182-1 V1.2.1 clauses 5.1.7 and 5.1.11). As it is
     * signed, nobody can say later that another certificate for the same key was meant.
     *
     * @param thumbprint SHA-256 of the key's certificate, {@code x5t#S256} of RFC 7515 section 4.1.8
     * @param issuedAt {@code iat}, the moment that the signer claims in seconds since 1970-01-01T00:00:00Z
     */
    public record Certification(Digest thumbprint, long issuedAt) {}

    /**
     * Signs a payload.
     *
     * @param type the {@code typ} of the header, which keeps kinds of documents apart
     * @param kid the name of the signer's key pair, 2 to 64 of letters, digits, dot, low line and hyphen
     */
    public static Jws sign(String type, String kid, ObjectNode payload, SecretKeys keys) {
        return sign(type, kid, Optional.empty(), payload, keys);
    }

    /** Signs a payload under a certificate of the Ed25519 key, or under none. */
    public static Jws sign(
            String type, String kid, Optional<Certification> certification, ObjectNode payload, SecretKeys keys) {
        requireKid(kid);
        Signed signed = new Signed(type, kid, certification, payload.deepCopy());
        byte[] payloadBytes = CanonicalJson.encode(signed.payload);
        String text = Base64Text.url(payloadBytes);
        return new Jws(
                signed,
                payloadBytes,
                keys.signEd25519(signingInput(signed.header(0), text)),
                keys.signMlDsa65(signingInput(signed.header(1), text)));
    }

    /** A key name that no header may carry is a bug of the caller. */
    static void requireKid(String kid) {
        if (!KID.matcher(kid).matches()) {
            throw new IllegalArgumentException("not a key name");
        }
    }

    /** Reads the one accepted form, of the wanted type; verifies nothing yet. */
    public static Jws parse(byte[] bytes, String type, int bytesMax) throws Malformed {
        return of(CanonicalJson.parseCanonical(bytes, bytesMax), type);
    }

    /** Reads a document that stands inside another one, which was read with canonical form demanded. */
    public static Jws of(JsonNode document, String type) throws Malformed {
        Members members = Members.of(document, "");
        if (document.has("protected") || document.has("header") || document.has("signature")) {
            throw new Malformed("signature.form");
        }
        byte[] payloadBytes = base64(members.text("payload"), "payload");
        ArrayNode signatures = members.array("signatures", 0, 16);
        members.end();
        if (signatures.size() < ALGORITHMS.size()) {
            throw new Malformed("signature.missing", Integer.toString(signatures.size()));
        }
        if (signatures.size() > ALGORITHMS.size()) {
            throw new Malformed("signature.extra", Integer.toString(signatures.size()));
        }
        Entry first = Entry.read(signatures.required(0), 0);
        Entry second = Entry.read(signatures.required(1), 1);
        requireAlgorithms(first.algorithm, second.algorithm);
        if (!first.kid.equals(second.kid)) {
            throw new Malformed("signature.keys-differ");
        }
        for (Entry entry : List.of(first, second)) {
            if (!entry.type.equals(type)) {
                throw new Malformed("signature.type", type);
            }
        }
        if (second.certification.isPresent()) {
            throw new Malformed("signature.certificate-misplaced");
        }
        return new Jws(
                new Signed(type, first.kid, first.certification, payload(payloadBytes)),
                payloadBytes,
                first.signature,
                second.signature);
    }

    private static void requireAlgorithms(String first, String second) throws Malformed {
        for (String algorithm : List.of(first, second)) {
            if (!ALGORITHMS.contains(algorithm)) {
                throw new Malformed("signature.algorithm");
            }
        }
        if (first.equals(second)) {
            throw new Malformed("signature.repeated", first);
        }
        if (!ALGORITHMS.equals(List.of(first, second))) {
            throw new Malformed("signature.order");
        }
    }

    private static JsonNode payload(byte[] bytes) throws Malformed {
        JsonNode payload;
        try {
            payload = CanonicalJson.parseCanonical(bytes, bytes.length);
        } catch (Malformed refused) {
            throw refused.problem().code().equals("json.not-canonical")
                    ? new Malformed("signature.payload-not-canonical")
                    : refused;
        }
        if (!payload.isObject()) {
            throw new Malformed("json.object-expected", "payload");
        }
        return payload;
    }

    /**
     * Requires both signatures to be those of the given keys, and the header to name them.
     *
     * @throws Malformed with {@code signature.key-other}, {@code signature.ed25519-false} or
     *     {@code signature.ml-dsa-65-false}
     */
    public void verify(PublicKeys keys, String expectedKid) throws Malformed {
        if (!kid.equals(expectedKid)) {
            throw new Malformed("signature.key-other");
        }
        String text = Base64Text.url(payloadBytes);
        if (!keys.ed25519().verifies(signingInput(header(0), text), ed25519Signature)) {
            throw new Malformed("signature.ed25519-false");
        }
        if (!keys.mlDsa65().verifies(signingInput(header(1), text), mlDsa65Signature)) {
            throw new Malformed("signature.ml-dsa-65-false");
        }
    }

    /**
     * Requires the document to be signed under this certificate, or under none.
     *
     * @throws Malformed with {@code signature.certificate-unexpected}, {@code signature.certificate-missing} or {@code signature.certificate-other}
     */
    public void requireCertificate(Optional<Digest> thumbprint) throws Malformed {
        if (thumbprint.isEmpty() && certification.isPresent()) {
            throw new Malformed("signature.certificate-unexpected");
        }
        if (thumbprint.isPresent() && certification.isEmpty()) {
            throw new Malformed("signature.certificate-missing");
        }
        if (!thumbprint.equals(certification.map(Certification::thumbprint))) {
            throw new Malformed("signature.certificate-other");
        }
    }

    /** What the header says of a certificate, if it says anything. */
    public Optional<Certification> certification() {
        return certification;
    }

    /** The name of the key pair that the header claims. */
    public String kid() {
        return kid;
    }

    /** A copy of the payload. */
    public ObjectNode payload() {
        return (ObjectNode) payload.deepCopy();
    }

    /**
     * The document's name: framed SHA-256 (domain {@code entente-jws-id/1}) of both protected headers and the payload,
     * as decoded bytes. The signatures are not covered: signing the same words again makes no second document.
     */
    public Digest id() {
        return id;
    }

    /** The document as it stands inside another one. */
    public ObjectNode json() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("payload", Base64Text.url(payloadBytes));
        ArrayNode signatures = document.putArray("signatures");
        signatures
                .addObject()
                .put("protected", Base64Text.url(header(0)))
                .put("signature", Base64Text.url(ed25519Signature));
        signatures
                .addObject()
                .put("protected", Base64Text.url(header(1)))
                .put("signature", Base64Text.url(mlDsa65Signature));
        return document;
    }

    /** The document's canonical bytes; written out, since none of its texts needs an escape. */
    public byte[] bytes() {
        return ("{\"payload\":\"" + Base64Text.url(payloadBytes)
                        + "\",\"signatures\":[" + signature(0, ed25519Signature)
                        + "," + signature(1, mlDsa65Signature) + "]}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String signature(int algorithm, byte[] signature) {
        return "{\"protected\":\"" + Base64Text.url(header(algorithm)) + "\",\"signature\":\""
                + Base64Text.url(signature) + "\"}";
    }

    private byte[] header(int algorithm) {
        return header(algorithm, kid, type, certification);
    }

    /** A canonical header; a key's name, a type and a digest have no character that needs an escape. */
    private static byte[] header(int algorithm, String kid, String type, Optional<Certification> certification) {
        String start = "{\"alg\":\"" + ALGORITHMS.get(algorithm);
        String end = "\",\"kid\":\"" + kid + "\",\"typ\":\"" + type;
        if (algorithm == 0 && certification.isPresent()) {
            Certification of = certification.get();
            String issued = "\",\"iat\":" + of.issuedAt + end.substring(1);
            String thumbprint = Base64Text.url(of.thumbprint.bytes());
            return (start + issued + "\",\"x5t#S256\":\"" + thumbprint + "\"}").getBytes(StandardCharsets.US_ASCII);
        }
        return (start + end + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    /** RFC 7515 section 5.1 step 5. */
    private static byte[] signingInput(byte[] header, String payloadText) {
        return (Base64Text.url(header) + "." + payloadText).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] base64(String text, String where) throws Malformed {
        try {
            return Base64Text.parseUrl(text);
        } catch (Malformed refused) {
            throw new Malformed("signature.base64", where);
        }
    }

    /** One element of {@code signatures}, read. */
    private static final class Entry {
        private final String algorithm;
        private final String kid;
        private final String type;
        private final Optional<Certification> certification;
        private final byte[] signature;

        private Entry(Members header, byte[] signature) throws Malformed {
            this.algorithm = header.text("alg");
            this.kid = header.text("kid");
            this.type = header.text("typ");
            this.certification = certification(header);
            this.signature = signature;
            header.end();
        }

        private static Optional<Certification> certification(Members header) throws Malformed {
            if (!header.has(ISSUED_AT) && !header.has(THUMBPRINT)) {
                return Optional.empty();
            }
            long issuedAt = header.integer(ISSUED_AT, -SECONDS_MAX, SECONDS_MAX);
            byte[] thumbprint = base64(header.text(THUMBPRINT), THUMBPRINT);
            if (thumbprint.length != Digest.LENGTH) {
                throw new Malformed("signature.base64", THUMBPRINT);
            }
            return Optional.of(new Certification(Digest.ofBytes(thumbprint), issuedAt));
        }

        static Entry read(JsonNode node, int index) throws Malformed {
            String where = "signatures[" + index + "]";
            if (node.has("header")) {
                throw new Malformed("signature.header-unprotected");
            }
            Members members = Members.of(node, where);
            byte[] header = base64(members.text("protected"), where + ".protected");
            byte[] signature = base64(members.text("signature"), where + ".signature");
            members.end();
            JsonNode parsed;
            try {
                parsed = CanonicalJson.parseCanonical(header, 512);
            } catch (Malformed refused) {
                throw new Malformed("signature.header-not-canonical", where);
            }
            Entry entry = new Entry(Members.of(parsed, where + ".protected"), signature);
            if (!KID.matcher(entry.kid).matches()) {
                throw new Malformed("signature.key-name", where);
            }
            return entry;
        }
    }
}
