package org.entente.evidence.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.entente.evidence.SharedData;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The signature schemes against Wycheproof and the C2SP corner cases. */
class SignatureVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void ed25519AgreesWithEveryWycheproofVector() throws Malformed {
        int seen = 0;
        for (JsonNode group :
                SharedData.json("vectors/wycheproof/ed25519_test.json").get("testGroups")) {
            Ed25519PublicKey key = Ed25519PublicKey.parse(hex(group.get("publicKey"), "pk"));
            for (JsonNode test : group.get("tests")) {
                boolean valid = test.get("result").stringValue().equals("valid");
                assertThat(key.verifies(hex(test, "msg"), hex(test, "sig")))
                        .as("tcId %s", test.get("tcId"))
                        .isEqualTo(valid);
                seen++;
            }
        }
        assertThat(seen).isEqualTo(151);
    }

    /**
     * The corner cases that verifiers disagree about. Ours accepts only a key in the prime-order subgroup and an equation
     * without cofactor, so nothing with any low-order component passes.
     */
    @Test
    void ed25519RefusesEveryCornerCaseThatVerifiersJudgeDifferently() {
        int refused = 0;
        for (JsonNode test : SharedData.json("vectors/cctv/ed25519/ed25519vectors.json.gz")) {
            boolean plain = test.get("flags").isNull();
            assertThat(verifies(test)).as("number %s", test.get("number")).isEqualTo(plain);
            refused += plain ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(500);
    }

    private static boolean verifies(JsonNode test) {
        try {
            return Ed25519PublicKey.parse(hex(test, "key"))
                    .verifies(test.get("msg").stringValue().getBytes(StandardCharsets.UTF_8), hex(test, "sig"));
        } catch (Malformed refused) {
            return false;
        }
    }

    /** Reads a public key of some algorithm. */
    private interface KeyReader {
        VerificationKey parse(byte[] bytes) throws Malformed;
    }

    @Test
    void mlDsa65AgreesWithEveryWycheproofVerificationVector() {
        assertThat(verificationVectors("mldsa_65", MlDsa65PublicKey::parse)).isEqualTo(210);
    }

    @Test
    void mlDsa44AgreesWithEveryWycheproofVerificationVector() {
        assertThat(verificationVectors("mldsa_44", MlDsa44PublicKey::parse)).isEqualTo(180);
    }

    private static int verificationVectors(String algorithm, KeyReader reader) {
        int seen = 0;
        for (JsonNode group : SharedData.json("vectors/wycheproof/" + algorithm + "_verify_test.json.gz")
                .get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                String flags = String.valueOf(test.get("flags"));
                // We sign with the empty context only, and refuse the key under which anybody can sign.
                boolean ours = !test.has("ctx") || test.get("ctx").stringValue().isEmpty();
                boolean valid =
                        test.get("result").stringValue().equals("valid") && ours && !flags.contains("ZeroPublicKey");
                assertThat(verifies(reader, group, test))
                        .as("tcId %s", test.get("tcId"))
                        .isEqualTo(valid);
                seen++;
            }
        }
        return seen;
    }

    private static boolean verifies(KeyReader reader, JsonNode group, JsonNode test) {
        try {
            return reader.parse(hex(group, "publicKey")).verifies(hex(test, "msg"), hex(test, "sig"));
        } catch (Malformed refused) {
            return false;
        }
    }

    /** What a seed gives: its public key, and how it signs. */
    private record Pair(String publicKey, UnaryOperator<byte[]> sign) {}

    @Test
    void mlDsa65SeedsGiveTheirKeysAndDeterministicSignatures() {
        int seen = seedVectors("mldsa_65", seed -> {
            MlDsa65SecretKey key = new MlDsa65SecretKey(seed);
            return new Pair(key.publicKey().text(), key::sign);
        });
        assertThat(seen).isGreaterThan(20);
    }

    @Test
    void mlDsa44SeedsGiveTheirKeysAndDeterministicSignatures() {
        int seen = seedVectors("mldsa_44", seed -> {
            MlDsa44SecretKey key = MlDsa44SecretKey.ofSeed(seed);
            return new Pair(key.publicKey().text(), key::sign);
        });
        assertThat(seen).isGreaterThan(20);
    }

    private static int seedVectors(String algorithm, Function<byte[], Pair> pairs) {
        int seen = 0;
        for (JsonNode group : SharedData.json("vectors/wycheproof/" + algorithm + "_sign_seed_test.json.gz")
                .get("testGroups")) {
            byte[] seed = hex(group, "privateSeed");
            if (seed.length != 32) {
                assertThatThrownBy(() -> pairs.apply(seed)).isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            Pair key = pairs.apply(seed);
            assertThat(key.publicKey).isEqualTo(Base64Text.url(hex(group, "publicKey")));
            for (JsonNode test : group.get("tests")) {
                String flags = String.valueOf(test.get("flags"));
                boolean plain = test.has("msg")
                        && !test.has("ctx")
                        && !flags.contains("Randomized")
                        && !flags.contains("Internal");
                if (plain && test.get("result").stringValue().equals("valid")) {
                    assertThat(key.sign.apply(hex(test, "msg")))
                            .as("tcId %s", test.get("tcId"))
                            .isEqualTo(hex(test, "sig"));
                    seen++;
                }
            }
        }
        return seen;
    }

    /** A hedged signature is one that somebody else drew randomness for. */
    @Test
    void mlDsa44AcceptsHedgedSignaturesAndPrintsNoSecret() throws Exception {
        MlDsa44SecretKey key = MlDsa44SecretKey.ofSeed(new byte[32]);
        byte[] message = {1, 2, 3};
        Signature hedged = Signature.getInstance("ML-DSA-44");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-DSA-44");
        KeyPair pair = generator.generateKeyPair();
        hedged.initSign(pair.getPrivate());
        hedged.update(message);
        byte[] signature = hedged.sign();
        MlDsa44PublicKey other = MlDsa44PublicKey.of(pair.getPublic());
        assertThat(other.verifies(message, signature)).isTrue();
        assertThat(key.publicKey().verifies(message, signature)).isFalse();
        assertThat(key.publicKey().verifies(message, key.sign(message))).isTrue();
        assertThat(key).hasToString("[redacted]").isEqualTo(MlDsa44SecretKey.ofSeed(new byte[32]));
        assertThat(MlDsa44PublicKey.parse(other.text())).isEqualTo(other);
        assertThatThrownBy(() -> MlDsa44PublicKey.parse(new byte[1311])).hasMessage("key.ml-dsa-44-refused");
        assertThatThrownBy(() -> MlDsa44PublicKey.parse(new byte[1312])).hasMessage("key.ml-dsa-44-refused");
    }

    private static byte[] hex(JsonNode node, String name) {
        return HEX.parseHex(node.get(name).stringValue());
    }
}
