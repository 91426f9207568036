package org.entente.matching.oprf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.entente.matching.TestVectors;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Every ristretto255 vector of RFC 9497 appendix A.1, single and batched, to the byte. */
class PublishedVectorsTest {
    private static byte[] hex(JsonNode node) {
        return HexFormat.of().parseHex(node.asString());
    }

    /** Batched values are separated by commas. */
    private static List<byte[]> list(JsonNode node) {
        return Arrays.stream(node.asString().split(","))
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    private static byte[] joined(JsonNode node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        list(node).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static Scalars scalars(JsonNode node) throws EncodingRefused {
        List<Scalar> scalars = new ArrayList<>();
        for (byte[] bytes : list(node)) {
            scalars.add(Scalar.decode(bytes));
        }
        return Scalars.of(scalars.toArray(Scalar[]::new));
    }

    private static JsonNode suite(Mode mode) throws IOException {
        for (JsonNode suite : new ObjectMapper().readTree(TestVectors.read("voprf/allVectors.json"))) {
            if (suite.get("identifier").asString().equals("ristretto255-SHA512")
                    && suite.get("mode").asInt() == mode.number()) {
                return suite;
            }
        }
        throw new AssertionError("no vectors for " + mode);
    }

    private static void requireTags(JsonNode suite, Mode mode, Scalar derived) {
        assertThat(new String(hex(suite.get("groupDST")), UTF_8))
                .isEqualTo("HashToGroup-OPRFV1-" + (char) mode.number() + "-ristretto255-SHA512");
        assertThat(derived.encode()).isEqualTo(hex(suite.get("skSm")));
    }

    @Test
    void baseMode() throws Exception {
        JsonNode suite = suite(Mode.OPRF);
        Scalar key = Oprf.deriveSecretKey(hex(suite.get("seed")), hex(suite.get("keyInfo")));
        requireTags(suite, Mode.OPRF, key);
        assertThat(suite.get("vectors").size()).isEqualTo(2);
        for (JsonNode vector : suite.get("vectors")) {
            InputBatch inputs = InputBatch.of(list(vector.get("Input")));
            Scalars blinds = scalars(vector.get("Blind"));
            Elements blinded = Oprf.blind(inputs, blinds);
            assertThat(blinded.encode()).isEqualTo(joined(vector.get("BlindedElement")));
            Elements evaluated = Oprf.blindEvaluate(key, blinded);
            assertThat(evaluated.encode()).isEqualTo(joined(vector.get("EvaluationElement")));
            assertThat(Oprf.finish(inputs, blinds, evaluated)).isEqualTo(joined(vector.get("Output")));
            assertThat(Oprf.evaluateOwn(key, inputs)).isEqualTo(joined(vector.get("Output")));
        }
    }

    @Test
    void verifiableMode() throws Exception {
        JsonNode suite = suite(Mode.VOPRF);
        requireTags(suite, Mode.VOPRF, Voprf.deriveSecretKey(hex(suite.get("seed")), hex(suite.get("keyInfo"))));
        EpochKey key = EpochKey.restore(hex(suite.get("skSm")));
        assertThat(key.publicKey().encode()).isEqualTo(hex(suite.get("pkSm")));
        assertThat(suite.get("vectors").size()).isEqualTo(3);
        for (JsonNode vector : suite.get("vectors")) {
            InputBatch inputs = InputBatch.of(list(vector.get("Input")));
            assertThat(inputs.count()).isEqualTo(vector.get("Batch").asInt());
            Scalars blinds = scalars(vector.get("Blind"));
            Elements blinded = Voprf.blind(inputs, blinds);
            assertThat(blinded.encode()).isEqualTo(joined(vector.get("BlindedElement")));
            Scalar nonce = Scalar.decode(hex(vector.get("Proof").get("r")));
            Evaluation evaluation = Voprf.blindEvaluate(key, blinded, nonce);
            assertThat(evaluation.evaluated().encode()).isEqualTo(joined(vector.get("EvaluationElement")));
            assertThat(evaluation.proof().encode())
                    .isEqualTo(hex(vector.get("Proof").get("proof")));
            ProofCheck check = Voprf.verifyVarTime(key.publicKey(), blinded, evaluation);
            assertThat(check).isInstanceOf(ProofCheck.Proven.class);
            assertThat(Voprf.finish(inputs, blinds, (ProofCheck.Proven) check)).isEqualTo(joined(vector.get("Output")));
            assertThat(Voprf.evaluateOwn(key, inputs)).isEqualTo(joined(vector.get("Output")));
        }
    }

    @Test
    void partiallyObliviousMode() throws Exception {
        JsonNode suite = suite(Mode.POPRF);
        requireTags(suite, Mode.POPRF, Poprf.deriveSecretKey(hex(suite.get("seed")), hex(suite.get("keyInfo"))));
        EpochKey key = EpochKey.restore(hex(suite.get("skSm")));
        assertThat(key.publicKey().encode()).isEqualTo(hex(suite.get("pkSm")));
        assertThat(suite.get("vectors").size()).isEqualTo(3);
        for (JsonNode vector : suite.get("vectors")) {
            byte[] info = hex(vector.get("Info"));
            InputBatch inputs = InputBatch.of(list(vector.get("Input")));
            Scalars blinds = scalars(vector.get("Blind"));
            Elements blinded = Poprf.blind(inputs, blinds);
            assertThat(blinded.encode()).isEqualTo(joined(vector.get("BlindedElement")));
            Scalar nonce = Scalar.decode(hex(vector.get("Proof").get("r")));
            Evaluation evaluation = Poprf.blindEvaluate(key, blinded, info, nonce);
            assertThat(evaluation.evaluated().encode()).isEqualTo(joined(vector.get("EvaluationElement")));
            assertThat(evaluation.proof().encode())
                    .isEqualTo(hex(vector.get("Proof").get("proof")));
            ProofCheck check = Poprf.verifyVarTime(key.publicKey(), blinded, evaluation, info);
            assertThat(check).isInstanceOf(ProofCheck.Proven.class);
            assertThat(Poprf.finish(inputs, blinds, (ProofCheck.Proven) check, info))
                    .isEqualTo(joined(vector.get("Output")));
            assertThat(Poprf.evaluateOwn(key, inputs, info)).isEqualTo(joined(vector.get("Output")));
            assertThat(Poprf.verifyVarTime(key.publicKey(), blinded, evaluation, new byte[] {1}))
                    .isInstanceOf(ProofCheck.Refused.class);
        }
    }
}
