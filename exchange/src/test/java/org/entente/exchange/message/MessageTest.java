package org.entente.exchange.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class MessageTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @ParameterizedTest
    @EnumSource
    void everyKindReadsBackAsItself(Kind kind) throws Malformed {
        for (long seed = 0; seed < 200L * DEPTH; seed++) {
            Message message = new Samples(seed).message(kind);
            byte[] bytes = CanonicalJson.encode(message.content());
            ObjectNode parsed = (ObjectNode) CanonicalJson.parseCanonical(bytes, 1 << 20);
            assertThat(Message.read(kind.word(), parsed)).as("seed %d", seed).isEqualTo(message);
            assertThat(message.kind()).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKindTellsWhatItsMessagesCarry(Kind kind) {
        for (long seed = 0; seed < 50L * DEPTH; seed++) {
            Message message = new Samples(seed).message(kind);
            assertThat(message.decision().isPresent()).isEqualTo(message.needsDecision());
            if (!kind.carriesBody() && !(message instanceof Procedure)) {
                assertThat(message.bodies()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingAnUnknownOrAnOddMemberIsRefused(Kind kind) {
        ObjectNode content = new Samples(3).message(kind).content();
        for (String path : objectsIn(content, "")) {
            if (path.equals("/open")) {
                continue; // What a newer form put there is kept.
            }
            ObjectNode more = content.deepCopy();
            ((ObjectNode) more.at(path)).put("note", "Juan Pérez");
            assertThatThrownBy(() -> Message.read(kind.word(), more)).as(path).isInstanceOf(Malformed.class);
        }
        for (String name : content.propertyNames()) {
            if (!isOptional(kind, name)) {
                ObjectNode fewer = content.deepCopy();
                fewer.remove(name);
                assertThatThrownBy(() -> Message.read(kind.word(), fewer))
                        .as(name)
                        .isInstanceOf(Malformed.class);
            }
            for (JsonNode odd : List.of(
                    NODES.nullNode(),
                    NODES.booleanNode(true),
                    NODES.numberNode(-1),
                    NODES.numberNode(0.5),
                    NODES.stringNode(""),
                    NODES.stringNode("\u0000"),
                    NODES.arrayNode(),
                    NODES.objectNode())) {
                if (name.equals("open") && odd.isObject()) {
                    continue;
                }
                ObjectNode changed = content.deepCopy();
                changed.set(name, odd);
                assertThatThrownBy(() -> Message.read(kind.word(), changed))
                        .as("%s = %s", name, odd)
                        .isInstanceOf(Malformed.class);
            }
        }
    }

    @Test
    void theClassesOfAnIndexAreWordsInOrderEachOnce() throws Malformed {
        ObjectNode content = NODES.objectNode();
        for (long seed = 0; !content.has("composite"); seed++) {
            content = new Samples(seed).message(Kind.INDEX_ANNOUNCED).content();
        }
        Message.read("index-announced", content);
        for (String odd : List.of(
                "name-state name-birth", "name-birth name-birth", "Name-birth", "name_birth", "1x", "x".repeat(33))) {
            ObjectNode changed = content.deepCopy();
            ArrayNode classes = changed.putArray("composite");
            List.of(odd.split(" ", -1)).forEach(classes::add);
            assertThatThrownBy(() -> Message.read("index-announced", changed)).hasMessageContaining("index-classes");
        }
    }

    @Test
    void fuzzedContentIsRefusedOrWritesTheSameBytesAgain() {
        long seed = 20_260_131;
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < 20_000 * DEPTH; round++) {
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            byte[] bytes = CanonicalJson.encode(new Samples(round).message(kind).content());
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? 32 + random.nextInt(95) : random.nextInt());
            try {
                if (CanonicalJson.parseCanonical(bytes, 1 << 20) instanceof ObjectNode fuzzed) {
                    Message message = Message.read(kind.word(), fuzzed);
                    assertThat(CanonicalJson.encode(message.content()))
                            .as("seed %d round %d", seed, round)
                            .isEqualTo(bytes);
                    read++;
                }
            } catch (Malformed expected) {
                assertThat(expected.problem().code()).isNotEmpty();
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void anUnknownKindIsNamed() {
        assertThatThrownBy(() -> Message.read("item-sold", NODES.objectNode()))
                .hasMessage("exchange.kind-unknown[item-sold]");
    }

    @Test
    void aProbeStandsUnderOneGround() {
        ObjectNode both = new Samples(1).probeAsked().content();
        both.put("case", "0".repeat(64)).put("reconcile", "0".repeat(64));
        assertThatThrownBy(() -> Message.read("probe-asked", both)).hasMessage("exchange.ground-one");
    }

    @Test
    void aReleaseNamesAtMostSixteenFilesAndEachBodyOnce() throws Malformed {
        Samples samples = new Samples(2);
        ObjectNode content = samples.itemReleased(samples.digest()).content();
        content.remove("files");
        String without = CanonicalJson.text(content);
        assertThat(CanonicalJson.text(Message.read("item-released", content).content()))
                .isEqualTo(without);
        ArrayNode files = content.putArray("files");
        assertThatThrownBy(() -> Message.read("item-released", content)).isInstanceOf(Malformed.class);
        for (int file = 0; file < 16; file++) {
            files.add(samples.body().json());
        }
        assertThat(Message.read("item-released", content).bodies()).hasSize(17);
        files.set(15, content.required("item").deepCopy());
        assertThatThrownBy(() -> Message.read("item-released", content)).hasMessage("exchange.body-named-twice");
        files.set(15, files.get(3).deepCopy());
        assertThatThrownBy(() -> Message.read("item-released", content)).hasMessage("exchange.body-named-twice");
        files.set(15, samples.body().json());
        files.add(samples.body().json());
        assertThatThrownBy(() -> Message.read("item-released", content)).isInstanceOf(Malformed.class);
    }

    @Test
    void aStepCarriesADecisionAndAnEnvelopeExactlyIfItsFormSaysSo() {
        Samples samples = new Samples(4);
        ObjectNode answer = samples.stepTaken(samples.digest()).content();
        for (long seed = 5; !answer.has("decision"); seed++) {
            answer = new Samples(seed).stepTaken(samples.digest()).content();
        }
        ObjectNode undecided = answer.deepCopy();
        undecided.remove("decision");
        assertThatThrownBy(() -> Message.read("step-taken", undecided)).hasMessageContaining("step-and-decision");
        ObjectNode bare = answer.deepCopy();
        bare.remove("envelope");
        assertThatThrownBy(() -> Message.read("step-taken", bare)).hasMessageContaining("step-and-envelope");
        ObjectNode refusal = answer.deepCopy().put("step", "refuse");
        assertThatThrownBy(() -> Message.read("step-taken", refusal)).hasMessageContaining("step-and-decision");
    }

    @Test
    void aStepOfAFormThatIsNotKnownIsReadAndKept() throws Malformed {
        ObjectNode content = new Samples(4).stepTaken(new Samples(5).digest()).content();
        content.put("form", "lunar-landing").put("version", 7).put("step", "land");
        ((ObjectNode) content.required("open")).put("crater", "Tycho");
        Message message = Message.read("step-taken", content);
        assertThat(message.content()).isEqualTo(content);
        assertThat(message.needsDecision()).isFalse();
        assertThat(message.approvers()).containsExactlyInAnyOrder(Role.ANALYST, Role.LIAISON, Role.LEGAL);
        content.put("form", "Lunar Landing");
        assertThatThrownBy(() -> Message.read("step-taken", content)).hasMessageContaining("form-name-malformed");
    }

    @Test
    void theFormSaysWhoApprovesAndHowManyDo() throws Malformed {
        ObjectNode content = new Samples(4).stepTaken(new Samples(5).digest()).content();
        for (String member : List.of("decision", "envelope")) {
            content.remove(member);
        }
        content.put("form", "onward-consent").put("step", "give");
        Message consent = Message.read("step-taken", content);
        assertThat(consent.officers()).isEqualTo(2);
        assertThat(consent.approvers()).containsExactlyInAnyOrder(Role.LIAISON, Role.LEGAL);
    }

    @Test
    void openFieldsAreBounded() {
        ObjectNode content = new Samples(4).stepTaken(new Samples(5).digest()).content();
        ObjectNode open = (ObjectNode) content.required("open");
        open.put("long", "x".repeat(Procedure.OPEN_BYTES_MAX));
        assertThatThrownBy(() -> Message.read("step-taken", content)).hasMessageContaining("open-fields-too-long");
        open.removeAll();
        for (int n = 0; n < 65; n++) {
            open.put("field-" + n, n);
        }
        assertThatThrownBy(() -> Message.read("step-taken", content)).hasMessageContaining("open-fields-too-long");
    }

    @Test
    void whoeverMayApproveMayDoSoForTheAct() {
        for (Kind kind : Kind.values()) {
            assertThat(kind.approvers()).doesNotContain(Role.OVERSIGHT, Role.ADMINISTRATOR);
            for (ActName act : ActName.values()) {
                if (act.word().equals(kind.approvalPurpose())) {
                    assertThat(kind.approvers()).allMatch(role -> role.mayApprove(act));
                }
            }
        }
        assertThat(Kind.RECONCILE_ASKED.approvers()).containsExactly(Role.LEGAL);
        assertThat(Kind.ITEM_RELEASED.approvalPurpose()).isEqualTo("release");
    }

    @Test
    void onlyReceiptsAreNotReceipted() {
        for (Kind kind : Kind.values()) {
            assertThat(kind.receipted()).isEqualTo(kind != Kind.RECEIPT);
        }
    }

    private static boolean isOptional(Kind kind, String name) {
        return switch (kind) {
            case INDEX_ANNOUNCED -> name.equals("generation") || name.equals("composite");
            case ITEM_RELEASED -> name.equals("files");
            case PROCEEDING_OPENED, STEP_TAKEN -> name.equals("sealed") || name.equals("after");
            case REFUSED, REQUEST_DECIDED -> name.equals("clause");
            case MEMORANDUM_SUSPENDED, MEMORANDUM_RESUMED -> name.equals("clauses");
            default -> name.equals("leaf");
        };
    }

    private static List<String> objectsIn(JsonNode node, String path) {
        List<String> paths = new ArrayList<>();
        if (node instanceof ObjectNode object && !path.startsWith("/decision/")) {
            paths.add(path);
            for (String name : object.propertyNames()) {
                paths.addAll(objectsIn(object.required(name), path + "/" + name));
            }
        }
        return paths;
    }
}
