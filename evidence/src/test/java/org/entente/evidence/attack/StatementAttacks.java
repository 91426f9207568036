package org.entente.evidence.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.evidence.attack.Attacks.json;
import static org.entente.evidence.attack.Attacks.text;
import static org.entente.evidence.attack.Forge.MX;
import static org.entente.evidence.attack.Forge.US;
import static org.entente.evidence.attack.Forge.utf8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.Ed25519phSigner;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.card.SeedAccess;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Attacks on the signatures of a statement. */
final class StatementAttacks {
    private static final SecretKeys KEYS = MX.keys("statement");
    private static final SecretKeys OTHERS = US.keys("statement");
    private static final String KID = KEYS.publicKeys().kid();

    private StatementAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(stripped(), confused(), named(), replayed(), varied()).flatMap(Attacks::all);
    }

    static Statement said(String word) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("case", word);
        return Statement.sign(
                StatementDraft.of("request", MX.authority(), Forge.AT, content)
                        .addressedTo(US.authority())
                        .expiringAt(Forge.AT.plusSeconds(3600)),
                KEYS);
    }

    static void verify(byte[] statement) throws Malformed {
        Statement.parse(statement).verify(MX.card(1));
    }

    private static Attacks<byte[]> table() {
        return Attacks.on(said("17").bytes(), StatementAttacks::verify);
    }

    private static ArrayNode signatures(ObjectNode document) {
        return (ArrayNode) document.get("signatures");
    }

    private static ObjectNode signature(ObjectNode document, int index) {
        return (ObjectNode) signatures(document).get(index);
    }

    private static byte[] payload() {
        return payload(said("17").json());
    }

    private static byte[] payload(ObjectNode document) {
        try {
            return Base64Text.parseUrl(document.get("payload").stringValue());
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Attacks<byte[]> stripped() {
        return table().add(
                        "the Ed25519 signature is stripped off",
                        "signature.missing[1]",
                        json(d -> signatures(d).remove(0)))
                .add(
                        "the ML-DSA-65 signature is stripped off",
                        "signature.missing[1]",
                        json(d -> signatures(d).remove(1)))
                .add(
                        "the ML-DSA-65 signature is emptied and its header kept",
                        "signature.ml-dsa-65-false",
                        json(d -> signature(d, 1).put("signature", "")))
                .add(
                        "the Ed25519 signature stands twice in place of the other",
                        "signature.repeated[Ed25519]",
                        json(d -> signatures(d).set(1, signatures(d).get(0))))
                .add(
                        "a third signature is added",
                        "signature.extra[3]",
                        json(d -> signatures(d).add(signatures(d).get(0))))
                .add(
                        "the two signatures change places with their headers",
                        "signature.order",
                        json(d -> signatures(d).add(signatures(d).remove(0))))
                .add("the statement is flattened to one signature", "signature.form", json(d -> {
                    ObjectNode only = signature(d, 0);
                    d.remove("signatures");
                    d.setAll(only);
                }));
    }

    private static Attacks<byte[]> confused() {
        return table().add(
                        "the algorithm none is claimed",
                        "signature.algorithm",
                        json(d -> signatures(d).set(0, Forge.entry(header("none"), new byte[0]))))
                .add(
                        "an HMAC is keyed with the public key that everybody knows",
                        "signature.algorithm",
                        json(d -> signatures(d).set(0, Forge.entry(header("HS256"), hmac(header("HS256"))))))
                .add(
                        "the weaker parameter set ML-DSA-44 is claimed",
                        "signature.algorithm",
                        json(d -> signatures(d).set(1, Forge.entry(header("ML-DSA-44"), new byte[2420]))))
                .add(
                        "Ed25519 is claimed under its older name",
                        "signature.algorithm",
                        json(d -> signatures(d)
                                .set(
                                        0,
                                        Forge.entry(
                                                header("EdDSA"),
                                                KEYS.signEd25519(Forge.signingInput(header("EdDSA"), payload()))))))
                .add(
                        "an Ed25519 signature is put below the header of ML-DSA-65",
                        "signature.ml-dsa-65-false",
                        json(d -> signature(d, 1)
                                .put(
                                        "signature",
                                        Base64Text.url(
                                                KEYS.signEd25519(Forge.signingInput(header("ML-DSA-65"), payload()))))))
                .add("the two signatures change places and the headers stay", "signature.ed25519-false", json(d -> {
                    String first = signature(d, 0).get("signature").stringValue();
                    signature(d, 0)
                            .put("signature", signature(d, 1).get("signature").stringValue());
                    signature(d, 1).put("signature", first);
                }));
    }

    private static String header(String algorithm) {
        return Forge.header(algorithm, KID, Statement.TYPE);
    }

    private static byte[] hmac(String header) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEYS.publicKeys().ed25519().bytes(), "HmacSHA256"));
            return mac.doFinal(Forge.signingInput(header, payload()));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static Attacks<byte[]> named() {
        String ed25519 = header("Ed25519");
        String mlDsa65 = header("ML-DSA-65");
        return table().add(
                        "another party signs under the key name of this one",
                        "signature.ed25519-false",
                        honest -> Forge.jws(KID, Statement.TYPE, payload(), OTHERS))
                .add(
                        "another party signs under its own key name",
                        "signature.key-other",
                        honest -> Forge.jws(OTHERS.publicKeys().kid(), Statement.TYPE, payload(), OTHERS))
                .add(
                        "only the ML-DSA-65 header names another party's key",
                        "signature.keys-differ",
                        honest -> Forge.jws(
                                payload(),
                                List.of(
                                        ed25519,
                                        mlDsa65.replace(KID, OTHERS.publicKeys().kid())),
                                KEYS))
                .add(
                        "a key name climbs out of a folder",
                        "signature.key-name",
                        honest -> Forge.jws("../../keys/US", Statement.TYPE, payload(), KEYS))
                .add(
                        "the header brings the key to verify with",
                        "json.member-unknown[signatures[0].protected.jwk]",
                        honest -> {
                            String key = OTHERS.publicKeys().ed25519().text();
                            String jwk = "\"jwk\":{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + key + "\"},\"kid\"";
                            return Forge.jws(
                                    payload(),
                                    List.of(ed25519.replace("\"kid\"", jwk), mlDsa65.replace("\"kid\"", jwk)),
                                    OTHERS);
                        })
                .add(
                        "the header says that the payload is not encoded",
                        "json.member-unknown[signatures[0].protected.b64]",
                        honest -> Forge.jws(
                                payload(),
                                List.of(
                                        ed25519.replace("\"kid\"", "\"b64\":false,\"kid\""),
                                        mlDsa65.replace("\"kid\"", "\"b64\":false,\"kid\"")),
                                KEYS))
                .add(
                        "an unprotected header names another key",
                        "signature.header-unprotected",
                        json(d -> signature(d, 0)
                                .putObject("header")
                                .put("kid", OTHERS.publicKeys().kid())))
                .add(
                        "a header names its algorithm twice",
                        "signature.header-not-canonical",
                        honest -> Forge.jws(
                                payload(), List.of(ed25519.replace("{", "{\"alg\":\"none\","), mlDsa65), KEYS));
    }

    private static Attacks<byte[]> replayed() {
        ObjectNode other = said("18").json();
        return table().add(
                        "the signatures are those of another statement",
                        "signature.ed25519-false",
                        json(d -> d.set("signatures", other.get("signatures"))))
                .add(
                        "the ML-DSA-65 signature alone is that of another statement",
                        "signature.ml-dsa-65-false",
                        json(d -> signatures(d).set(1, signatures(other).get(1))))
                .add(
                        "the payload is that of another statement",
                        "signature.ed25519-false",
                        json(d -> d.set("payload", other.get("payload"))))
                .add(
                        "a party card is passed off as a statement",
                        "signature.type[entente-statement+json]",
                        honest -> MX.card(1).bytes())
                .add("what an officer signed is passed off as the party's word", "signature.key-other", honest -> {
                    StatementDraft draft = StatementDraft.of(
                            "request", MX.authority(), Forge.AT, JsonNodeFactory.instance.objectNode());
                    return Statement.sign(draft, MX.keys("officer"), "mx-uif-01")
                            .bytes();
                })
                .add("a party speaks for an authority of another", "statement.sender-foreign[MX]", honest -> {
                    StatementDraft draft = StatementDraft.of(
                            "request", US.authority(), Forge.AT, JsonNodeFactory.instance.objectNode());
                    return Statement.sign(draft, KEYS).bytes();
                });
    }

    private static Attacks<byte[]> varied() {
        return table().add(
                        "the Ed25519 signature is replaced by its second form S + L",
                        "signature.ed25519-false",
                        honest -> signed(0, Forge.malleated(KEYS.signEd25519(input("Ed25519")))))
                .add(
                        "the Ed25519 signature is made with the pre-hashed variant",
                        "signature.ed25519-false",
                        honest -> signed(0, prehashed(input("Ed25519"))))
                .add(
                        "the ML-DSA-65 signature is made for another context",
                        "signature.ml-dsa-65-false",
                        honest -> signed(1, inContext("entente", input("ML-DSA-65"))))
                .add(
                        "the ML-DSA-65 signature is one byte longer",
                        "signature.ml-dsa-65-false",
                        honest -> signed(1, Forge.longer(KEYS.signMlDsa65(input("ML-DSA-65")))))
                .add("the ML-DSA-65 signature lacks its last byte", "signature.ml-dsa-65-false", honest -> {
                    byte[] signature = KEYS.signMlDsa65(input("ML-DSA-65"));
                    return signed(1, Arrays.copyOf(signature, signature.length - 1));
                })
                .add(
                        "the payload ends in bits that no byte has",
                        "signature.base64[payload]",
                        json(d -> d.put("payload", lastBits(d.get("payload").stringValue()))))
                .add(
                        "the payload is padded",
                        "signature.base64[payload]",
                        json(d -> d.put("payload", d.get("payload").stringValue() + "=")))
                .add(
                        "a line feed is put into a signature",
                        "signature.base64[signatures[1].signature]",
                        json(d -> signature(d, 1)
                                .put(
                                        "signature",
                                        "\n" + signature(d, 1).get("signature").stringValue())))
                .add(
                        "a space is put where nobody signed",
                        "json.not-canonical",
                        text("{\"payload\":", "{ \"payload\":"));
    }

    /** The statement with another signature. */
    private static byte[] signed(int index, byte[] signature) throws Malformed {
        return json(d -> signature(d, index).put("signature", Base64Text.url(signature)))
                .of(said("17").bytes());
    }

    private static byte[] input(String algorithm) {
        return Forge.signingInput(header(algorithm), payload());
    }

    private static byte[] prehashed(byte[] message) {
        Ed25519phSigner signer = new Ed25519phSigner(new byte[0]);
        signer.init(true, new Ed25519PrivateKeyParameters(KEYS.ed25519Seed(SeedAccess.forKeyStore())));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** Signed with the party's own key by another implementation, for any context. */
    private static byte[] inContext(String context, byte[] message) {
        return otherwise(key -> new ParametersWithContext(key, utf8(context)), message);
    }

    /** The honest statement, signed with randomness by another implementation. */
    static byte[] hedged() throws Malformed {
        byte[] signature = otherwise(key -> new ParametersWithRandom(key, new SecureRandom()), input("ML-DSA-65"));
        assertThat(signature).isNotEqualTo(KEYS.signMlDsa65(input("ML-DSA-65")));
        return signed(1, signature);
    }

    private static byte[] otherwise(UnaryOperator<CipherParameters> parameters, byte[] message) {
        Signer signer = new MLDSASigner();
        signer.init(
                true,
                parameters.apply(new MLDSAPrivateKeyParameters(
                        MLDSAParameters.ml_dsa_65, KEYS.mlDsa65Seed(SeedAccess.forKeyStore()))));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Another text that a lax reader takes for the same bytes. */
    private static String lastBits(String base64) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        if (base64.length() % 4 == 0) {
            throw new IllegalStateException("a text without spare bits");
        }
        int last = letters.indexOf(base64.charAt(base64.length() - 1));
        return base64.substring(0, base64.length() - 1) + letters.charAt(last + 1);
    }
}
