package org.entente.verification.age;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.SeedAccess;
import org.entente.exchange.body.AgeFile;
import org.entente.exchange.body.BodyIdentity;
import org.entente.exchange.body.SealedBody;
import org.entente.verification.npm.NodeScript;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The npm package {@code age-encryption} opens bodies of ours and seals files that we open, and the vectors of C2SP CCTV say of our
 * reader what they say of any.
 *
 * <p>Of the vectors, a reader with hybrid recipients alone judges those of its own recipient as they are. Those of the header, its MAC and
 * the payload are made with X25519; their file key is given, so the script puts a hybrid stanza for it before theirs and makes the MAC
 * right again where it was right. Not judged, since this house neither writes nor reads them: armor, scrypt (passphrases), and the
 * recipient X25519 itself.
 */
final class AgeTest {
    private static final Map<String, Integer> JUDGED = Map.of(
            "empty", 1, "header", 1, "hmac", 8, "hybrid", 17, "stanza", 14, "stream", 28, "version", 1, "x25519", 1);

    private static final Map<String, Integer> NOT_JUDGED = Map.of("armor", 33, "scrypt", 25, "x25519", 13, "hybrid", 1);

    private static final Map<String, Set<String>> CODES = Map.of(
            "header failure", Set.of("body.not-age", "body.header-malformed"),
            "HMAC failure", Set.of("body.header-forged"),
            "payload failure", Set.of("body.payload-damaged"),
            "no match", Set.of("body.not-for-us"));

    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ONE_CHUNK = "a68cb6fa0b2e2a8d1abd54fcb26ff31fe16166ed38688bffa681e617813b781a";

    /**
     * What is given of files whose last whole chunk stands at a wrong end: the vectors would have that chunk, too, since there are readers
     * that try a chunk both ways. Ours looks one byte ahead, so it never takes the last one for one in the middle, nor the other way round.
     */
    private static final Map<String, String> GIVEN_LESS = Map.of(
            "stream_no_final_full", NOTHING,
            "stream_no_final_two_chunks_full", ONE_CHUNK,
            "stream_trailing_garbage_long", NOTHING,
            "stream_trailing_garbage_short", NOTHING,
            "stream_two_final_chunks", NOTHING,
            "stream_two_final_chunks_full", NOTHING,
            "stream_two_final_chunks_second", ONE_CHUNK);

    private static final int[] LENGTHS = {0, 1, 65_503, 65_504, 65_505, 65_535, 65_536, 65_537, 131_072, 400_000};
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BodyIdentity OURS = BodyIdentity.generate(RANDOM);
    private static final BodyIdentity THEIRS = BodyIdentity.generate(RANDOM);

    private static NodeScript age;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        age = NodeScript.install(AgeTest.class, "age");
    }

    @Test
    void itOpensOurBodiesWhoseContentFollowsTheSalt() throws Exception {
        ArrayNode cases = JsonNodeFactory.instance.arrayNode();
        List<byte[]> contents = new ArrayList<>();
        for (int length : LENGTHS) {
            byte[] content = content(length);
            contents.add(content);
            SealedBody body = SealedBody.seal(content, List.of(THEIRS.recipient(), OURS.recipient()), RANDOM);
            cases.addObject().put("file", base64(body.ciphertext())).put("identity", OURS.text(access()));
        }
        JsonNode opened = age.run("open", cases);
        for (int place = 0; place < contents.size(); place++) {
            byte[] plaintext = Base64.getDecoder()
                    .decode(opened.get(place).required("content").asString());
            assertThat(Arrays.copyOfRange(plaintext, 32, plaintext.length)).isEqualTo(contents.get(place));
        }
    }

    @Test
    void itRefusesOfOurBodiesWhatWasChangedOrIsForSomebodyElse() throws Exception {
        byte[] file = AgeFile.encrypt(content(100_000), List.of(OURS.recipient()), RANDOM);
        byte[] changed = file.clone();
        changed[changed.length - 1] ^= 1;
        ArrayNode cases = JsonNodeFactory.instance.arrayNode();
        cases.addObject().put("file", base64(changed)).put("identity", OURS.text(access()));
        cases.addObject()
                .put("file", base64(Arrays.copyOf(file, file.length - 40_000)))
                .put("identity", OURS.text(access()));
        cases.addObject().put("file", base64(file)).put("identity", THEIRS.text(access()));
        for (JsonNode answer : age.run("open", cases)) {
            assertThat(answer.has("refused")).as(answer.toString()).isTrue();
        }
    }

    @Test
    void weOpenTheFilesThatItSeals() throws Exception {
        ArrayNode orders = JsonNodeFactory.instance.arrayNode();
        for (int length : LENGTHS) {
            orders.addObject()
                    .put("content", base64(content(length)))
                    .putArray("recipients")
                    .add(THEIRS.recipient().toString())
                    .add(OURS.recipient().toString());
        }
        JsonNode sealed = age.run("seal", orders);
        for (int place = 0; place < LENGTHS.length; place++) {
            byte[] file = Base64.getDecoder()
                    .decode(sealed.get(place).required("file").asString());
            assertThat(AgeFile.decrypt(file, List.of(OURS))).isEqualTo(content(LENGTHS[place]));
        }
    }

    @Test
    void everyVectorThatAHybridReaderCanJudgeIsJudgedAsItSays() throws Exception {
        Map<String, Integer> judged = new TreeMap<>();
        Map<String, Integer> left = new TreeMap<>();
        Set<String> outcomes = new TreeSet<>();
        Map<String, String> givenLess = new TreeMap<>();
        for (JsonNode vector : age.run("vectors", JsonNodeFactory.instance.arrayNode())) {
            String name = vector.required("name").asString();
            String kind = name.contains("_") ? name.substring(0, name.indexOf('_')) : name;
            if (!vector.required("applicable").asBoolean() || name.equals("hybrid_x25519_arg")) {
                left.merge(kind, 1, Integer::sum);
                continue;
            }
            judge(name, vector, givenLess);
            outcomes.add(vector.required("expect").asString());
            judged.merge(kind, 1, Integer::sum);
        }
        assertThat(judged).isEqualTo(new TreeMap<>(JUDGED));
        assertThat(left).isEqualTo(new TreeMap<>(NOT_JUDGED));
        assertThat(givenLess).isEqualTo(new TreeMap<>(GIVEN_LESS));
        assertThat(outcomes)
                .containsExactlyInAnyOrder("success", "header failure", "HMAC failure", "payload failure", "no match");
    }

    /** Also when it fails: what was given until then is what the vector says, whole chunks and nothing of the broken one. */
    private static void judge(String name, JsonNode vector, Map<String, String> givenLess) throws IOException {
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        String outcome = "success";
        try {
            List<BodyIdentity> identities = new ArrayList<>();
            for (JsonNode identity : vector.required("identities")) {
                identities.add(BodyIdentity.parse(identity.asString()));
            }
            byte[] file = Base64.getDecoder().decode(vector.required("file").asString());
            AgeFile.decrypt(new ByteArrayInputStream(file), plaintext, identities);
        } catch (Malformed refused) {
            outcome = refused.problem().code();
        }
        String expected = vector.required("expect").asString();
        if (expected.equals("success")) {
            assertThat(outcome).as(name).isEqualTo("success");
        } else {
            assertThat(CODES.get(expected)).as(name).contains(outcome);
        }
        String payload = vector.required("payload").asString();
        String given = Digest.of(plaintext.toByteArray()).hex();
        if (!payload.isEmpty() && !given.equals(payload)) {
            assertThat(expected).as(name).isEqualTo("payload failure");
            givenLess.put(name, given);
        }
    }

    private static SeedAccess access() {
        return SeedAccess.forKeyStore();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
