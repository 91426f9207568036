package org.entente.evidence.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.entente.evidence.SharedData;
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

    @Test
    void mlDsa65AgreesWithEveryWycheproofVerificationVector() {
        int seen = 0;
        for (JsonNode group : SharedData.json("vectors/wycheproof/mldsa_65_verify_test.json.gz")
                .get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                String flags = String.valueOf(test.get("flags"));
                // We sign with the empty context only, and refuse the key under which anybody can sign.
                boolean ours = !test.has("ctx") || test.get("ctx").stringValue().isEmpty();
                boolean valid =
                        test.get("result").stringValue().equals("valid") && ours && !flags.contains("ZeroPublicKey");
                assertThat(verifies(group, test))
                        .as("tcId %s", test.get("tcId"))
                        .isEqualTo(valid);
                seen++;
            }
        }
        assertThat(seen).isEqualTo(210);
    }

    private static boolean verifies(JsonNode group, JsonNode test) {
        try {
            return MlDsa65PublicKey.parse(hex(group, "publicKey")).verifies(hex(test, "msg"), hex(test, "sig"));
        } catch (Malformed refused) {
            return false;
        }
    }

    @Test
    void mlDsa65SeedsGiveTheirKeysAndDeterministicSignatures() {
        int seen = 0;
        for (JsonNode group : SharedData.json("vectors/wycheproof/mldsa_65_sign_seed_test.json.gz")
                .get("testGroups")) {
            byte[] seed = hex(group, "privateSeed");
            if (seed.length != 32) {
                assertThatThrownBy(() -> new MlDsa65SecretKey(seed)).isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            MlDsa65SecretKey key = new MlDsa65SecretKey(seed);
            assertThat(key.publicKey().bytes()).isEqualTo(hex(group, "publicKey"));
            for (JsonNode test : group.get("tests")) {
                String flags = String.valueOf(test.get("flags"));
                boolean plain = test.has("msg")
                        && !test.has("ctx")
                        && !flags.contains("Randomized")
                        && !flags.contains("Internal");
                if (plain && test.get("result").stringValue().equals("valid")) {
                    assertThat(key.sign(hex(test, "msg")))
                            .as("tcId %s", test.get("tcId"))
                            .isEqualTo(hex(test, "sig"));
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(20);
    }

    private static byte[] hex(JsonNode node, String name) {
        return HEX.parseHex(node.get(name).stringValue());
    }
}
