package org.entente.verification.noble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checkpoints, cosignatures of both kinds and statements are what an implementation that shares nothing with this one but
 * the specifications takes them for, and the other way round.
 */
final class NobleTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ORIGIN = "entente/log/MX/US/1";
    private static final String COSIGNER = "entente/cosigner/US";
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    private static final String VALID_AT = "valid at " + AT.getEpochSecond();
    private static final Checkpoint HEAD = new Checkpoint(ORIGIN, 20_852_163, Digest.of(seed("root")));
    private static final Ed25519SecretKey LOG_KEY = Ed25519SecretKey.ofSeed(seed("log"));
    private static final KnownLog LOG = KnownLog.of(ORIGIN, LOG_KEY.publicKey());
    private static final CosignerSecrets SECRETS = CosignerSecrets.of(
            COSIGNER, Ed25519SecretKey.ofSeed(seed("ed25519")), MlDsa44SecretKey.ofSeed(seed("mlDsa44")));
    private static final SecretKeys STATEMENT_KEYS = SecretKeys.ofSeeds(seed("s-ed25519"), seed("s-mlDsa65"));

    private static Noble noble;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        noble = Noble.install();
    }

    private static byte[] seed(String word) {
        return Digest.of(word.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    private static String hex(String word) {
        return HexFormat.of().formatHex(seed(word));
    }

    private static SignedCheckpoint ours() {
        return SignedCheckpoint.sign(HEAD, LOG_KEY).cosign(SECRETS, AT);
    }

    private static List<String> keys() {
        List<NoteKey> keys = new ArrayList<>(LOG.keys());
        keys.addAll(SECRETS.cosigner().keys());
        return keys.stream().map(NoteKey::vkey).toList();
    }

    private static ObjectNode asked(String note) {
        ObjectNode asked = NODES.objectNode().put("note", note);
        ArrayNode keys = asked.putArray("keys");
        keys().forEach(keys::add);
        return asked;
    }

    private static List<String> words(JsonNode answer) {
        return answer.valueStream().map(JsonNode::stringValue).toList();
    }

    private static Instant verified(String note) throws Malformed {
        return SignedCheckpoint.open(SignedNote.parse(note), LOG).cosignedAt(SECRETS.cosigner());
    }

    private static String code(String note) {
        return catchThrowableOfType(Malformed.class, () -> verified(note))
                .problem()
                .code();
    }

    /** The note with one of its three signature lines changed in its bytes after the key's id. */
    private static String flipped(String note, int line, int place) {
        String[] lines = note.split("(?<=\n)");
        String text = lines[4 + line].strip();
        int space = text.lastIndexOf(' ');
        try {
            byte[] bytes = Base64Text.parsePadded(text.substring(space + 1));
            bytes[4 + place] ^= 1;
            lines[4 + line] = text.substring(0, space + 1) + Base64Text.padded(bytes) + "\n";
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
        return String.join("", lines);
    }

    /** A note, and what is to be said of its three signatures. */
    private static Map<String, List<String>> changedNotes() {
        String note = ours().note();
        SignedCheckpoint other = SignedCheckpoint.sign(
                        new Checkpoint("entente/log/MX/GT/1", HEAD.size(), HEAD.root()), LOG_KEY)
                .cosign(SECRETS, AT);
        String foreign = other.note().substring(other.note().indexOf("\u2014 " + COSIGNER));
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put(note.replace("\n20852163\n", "\n20852164\n"), List.of("false", "false", "false"));
        cases.put(note.replaceFirst("MX/US", "US/MX"), List.of("false", "false", "false"));
        cases.put(flipped(note, 0, 63), List.of("false", VALID_AT, VALID_AT));
        cases.put(flipped(note, 1, 40), List.of("valid", "false", VALID_AT));
        cases.put(flipped(note, 2, 2000), List.of("valid", VALID_AT, "false"));
        cases.put(flipped(note, 1, 7), List.of("valid", "false", VALID_AT));
        cases.put(flipped(note, 2, 7), List.of("valid", VALID_AT, "false"));
        cases.put(note.substring(0, note.lastIndexOf('\u2014')), List.of("valid", VALID_AT, "missing"));
        cases.put(note.substring(0, note.indexOf("\u2014 " + COSIGNER)) + foreign, List.of("valid", "false", "false"));
        return cases;
    }

    @Test
    void itVerifiesAllThreeSignaturesOfOurCheckpoint() throws Exception {
        JsonNode answer = noble.verify(NODES.arrayNode().add(asked(ours().note())));
        assertThat(words(answer.get(0))).containsExactly("valid", VALID_AT, VALID_AT);
    }

    @Test
    void itRefusesOfAChangedCheckpointWhatWeRefuse() throws Exception {
        Map<String, List<String>> cases = changedNotes();
        ArrayNode asked = NODES.arrayNode();
        cases.keySet().forEach(note -> asked.add(asked(note)));
        JsonNode answers = noble.verify(asked);
        int place = 0;
        for (Map.Entry<String, List<String>> one : cases.entrySet()) {
            assertThat(words(answers.get(place))).as("case %d", place).isEqualTo(one.getValue());
            assertThat(code(one.getKey())).as("case %d", place).startsWith("checkpoint.");
            place++;
        }
    }

    private static ObjectNode order(String hedge) {
        ObjectNode order = NODES.objectNode()
                .put("origin", ORIGIN)
                .put("size", Long.toString(HEAD.size()))
                .put("root", Base64Text.padded(HEAD.root().bytes()))
                .put("time", AT.getEpochSecond())
                .put("cosigner", COSIGNER)
                .put("hedge", hedge);
        order.putObject("seeds")
                .put("log", hex("log"))
                .put("ed25519", hex("ed25519"))
                .put("mlDsa44", hex("mlDsa44"));
        return order;
    }

    @Test
    void weVerifyTheCheckpointThatItSigns() throws Exception {
        JsonNode signed = noble.sign(NODES.arrayNode().add(order("")).add(order(hex("randomness"))));
        String plain = signed.get(0).get("note").stringValue();
        String hedged = signed.get(1).get("note").stringValue();
        assertThat(words(signed.get(0).get("keys"))).isEqualTo(keys());
        assertThat(plain).as("both sign deterministically").isEqualTo(ours().note());
        assertThat(hedged).isNotEqualTo(plain);
        assertThat(verified(hedged)).isEqualTo(AT);
        List<String> codes =
                List.of("checkpoint.signature-false", "checkpoint.cosignature-false", "checkpoint.cosignature-false");
        for (int line = 0; line < 3; line++) {
            assertThat(code(flipped(hedged, line, 50))).isEqualTo(codes.get(line));
        }
    }

    private static Statement statement() {
        ObjectNode content = NODES.objectNode().put("case", "17").put("words", "Año, €, \"\\\n");
        StatementDraft draft = StatementDraft.of("request", new PartyCode("MX"), AT, content)
                .addressedTo(new PartyCode("US"))
                .expiringAt(AT.plusSeconds(3600));
        return Statement.sign(draft, STATEMENT_KEYS);
    }

    private static ObjectNode asked(JsonNode document, PublicKeys keys) {
        return NODES.objectNode()
                .put("document", CanonicalJson.text(document))
                .put("ed25519", keys.ed25519().text())
                .put("mlDsa65", keys.mlDsa65().text());
    }

    private static String id(ObjectNode document) {
        byte[] bytes = CanonicalJson.encode(document);
        try {
            return Statement.parse(bytes).id().hex();
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The document with one bit of one signature changed. */
    private static ObjectNode flipped(ObjectNode document, int index) {
        ObjectNode changed = document.deepCopy();
        ObjectNode signature = (ObjectNode) changed.get("signatures").get(index);
        try {
            byte[] bytes = Base64Text.parseUrl(signature.get("signature").stringValue());
            bytes[bytes.length / 2] ^= 4;
            signature.put("signature", Base64Text.url(bytes));
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
        return changed;
    }

    @Test
    void itVerifiesOurStatementAndRefusesAChangedOne() throws Exception {
        ObjectNode document = statement().json();
        PublicKeys keys = STATEMENT_KEYS.publicKeys();
        PublicKeys others = SecretKeys.ofSeeds(seed("another"), seed("pair")).publicKeys();
        ObjectNode later = statement().json();
        byte[] payload = Base64Text.parseUrl(later.get("payload").stringValue());
        String words = new String(payload, StandardCharsets.UTF_8).replace("\"17\"", "\"18\"");
        later.put("payload", Base64Text.url(words.getBytes(StandardCharsets.UTF_8)));
        JsonNode answers = noble.verify(NODES.arrayNode()
                .add(asked(document, keys))
                .add(asked(flipped(document, 0), keys))
                .add(asked(flipped(document, 1), keys))
                .add(asked(later, keys))
                .add(asked(document, others)));
        String id = statement().id().hex();
        assertThat(words(answers.get(0))).containsExactly("valid", "valid", id);
        assertThat(words(answers.get(1))).containsExactly("false", "valid", id);
        assertThat(words(answers.get(2))).containsExactly("valid", "false", id);
        assertThat(words(answers.get(3))).containsExactly("false", "false", id(later));
        assertThat(words(answers.get(4))).containsExactly("another key", "another key", id);
    }

    @Test
    void weVerifyTheStatementThatItSigns() throws Exception {
        Statement ours = statement();
        ObjectNode order = NODES.objectNode()
                .put("payload", ours.json().get("payload").stringValue())
                .put("type", Statement.TYPE)
                .put("hedge", hex("randomness"));
        order.putObject("seeds").put("ed25519", hex("s-ed25519")).put("mlDsa65", hex("s-mlDsa65"));
        ObjectNode plainOrder = order.deepCopy().put("hedge", "");
        JsonNode signed = noble.sign(NODES.arrayNode().add(order).add(plainOrder));
        byte[] hedged = document(signed.get(0));
        PublicKeys keys = STATEMENT_KEYS.publicKeys();
        Statement theirs = Statement.parse(hedged).verify(keys, keys.kid());
        assertThat(theirs.id()).isEqualTo(ours.id());
        assertThat(hedged).isNotEqualTo(ours.bytes());
        assertThat(document(signed.get(1))).as("both sign deterministically").isEqualTo(ours.bytes());
        byte[] changed = CanonicalJson.encode(flipped((ObjectNode) CanonicalJson.parse(hedged, hedged.length), 1));
        assertThat(Arrays.equals(changed, hedged)).isFalse();
        assertThat(catchThrowableOfType(
                                Malformed.class, () -> Statement.parse(changed).verify(keys, keys.kid()))
                        .problem()
                        .code())
                .isEqualTo("signature.ml-dsa-65-false");
    }

    private static byte[] document(JsonNode signed) {
        return signed.get("document").stringValue().getBytes(StandardCharsets.UTF_8);
    }

    /** The least numbers, where few digits tell many apart, and others of every magnitude. */
    @Test
    void ecmaScriptPrintsNumbersAsCanonicalJsonDoes() throws Exception {
        long seed = 20_260_131;
        Random random = new Random(seed);
        ArrayNode bits = NODES.arrayNode();
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            double number = Double.longBitsToDouble(i < 2_000 ? i : random.nextLong() >>> random.nextInt(64));
            if (Double.isFinite(number)) {
                numbers.add(number);
                bits.add(HexFormat.of().toHexDigits(Double.doubleToRawLongBits(number)));
            }
        }
        List<String> texts = words(noble.print(bits));
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(CanonicalJson.text(NODES.numberNode(numbers.get(i))))
                    .as("seed %d, number %d", seed, i)
                    .isEqualTo(texts.get(i));
        }
    }
}
