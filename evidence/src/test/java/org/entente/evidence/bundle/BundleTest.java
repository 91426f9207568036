package org.entente.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class BundleTest {
    private static final Story STORY = new Story("");
    private static final byte[] FILE = STORY.bundle().bytes();
    private static final PinnedCards PINS = PinnedCards.of(STORY.cards());

    private static ObjectNode document() throws Malformed {
        return (ObjectNode) CanonicalJson.parseCanonical(FILE, Bundle.BYTES_MAX);
    }

    private static String code(byte[] file, PinnedCards pins) {
        return switch (BundleVerification.verify(file, pins)) {
            case BundleOutcome.Verified verified -> "verified";
            case BundleOutcome.ConsistentButUnpinned unpinned -> "unpinned";
            case BundleOutcome.False refused -> refused.problem().toString();
            case BundleOutcome.Unreadable unreadable -> unreadable.problem().toString();
        };
    }

    /** Changes the content and seals it anew with the exporter's own keys: the strongest attacker inside one party. */
    private static String resealed(Consumer<ObjectNode> change) throws Malformed {
        ObjectNode document = document();
        ObjectNode content = (ObjectNode) document.get("content");
        change.accept(content);
        ObjectNode sealed = JsonNodeFactory.instance
                .objectNode()
                .put("format", Bundle.FORMAT)
                .put("digest", BundleContent.digest(content).hex());
        document.set(
                "seal",
                Statement.sign(
                                StatementDraft.of(Bundle.SEAL_KIND, STORY.mx().code(), Story.END, sealed),
                                STORY.mx().keys("statement"))
                        .json());
        return code(CanonicalJson.encode(document), PINS);
    }

    @Test
    void anHonestBundleIsVerifiedAgainstPinnedCardsAndOnlyConsistentWithout() {
        BundleOutcome pinned = BundleVerification.verify(FILE, PINS);
        assertThat(pinned).isInstanceOf(BundleOutcome.Verified.class);
        assertThat(pinned.exitCode()).isZero();
        ObjectNode report = ((BundleOutcome.Verified) pinned).found().json();
        assertThat(report.get("trust").stringValue()).isEqualTo("pinned");
        assertThat(report.get("witnessing").stringValue()).isEqualTo("two-party");
        assertThat(report.get("statements")).hasSize(STORY.statements().size());
        assertThat(report.get("approvals").intValue()).isEqualTo(1);

        BundleOutcome unpinned = BundleVerification.verify(FILE, PinnedCards.none());
        assertThat(unpinned.exitCode()).isEqualTo(3);
        assertThat(((BundleOutcome.ConsistentButUnpinned) unpinned)
                        .found()
                        .json()
                        .get("trust")
                        .stringValue())
                .isEqualTo("unpinned");
        PartyCard one = STORY.cards().getFirst();
        assertThat(BundleVerification.verify(FILE, PinnedCards.of(List.of(one))).exitCode())
                .isEqualTo(3);
    }

    @Test
    void bodiesAreCheckedAgainstWhatTheirSendersCommittedTo() {
        ObjectNode report =
                BundleVerification.verify(FILE, PINS).report().orElseThrow().json();
        assertThat(report.get("bodies")).hasSize(3);
        assertThat(report.at("/bodies/0/statement").asString())
                .isEqualTo(STORY.statements().get(STORY.requestPlace()).id().hex());
        assertThat(report.at("/bodies/0/bytes").intValue()).isEqualTo("question".length());
    }

    @Test
    void aBundleWithoutBodiesSaysNothingOfBodies() throws Malformed {
        byte[] file = new Story("", "no-bodies").bundle().bytes();
        assertThat(BundleVerification.verify(file, PINS).exitCode()).isZero();
        assertThat(CanonicalJson.parseCanonical(file, Bundle.BYTES_MAX)
                        .get("content")
                        .propertyNames())
                .containsExactlyInAnyOrder("cards", "logs", "memorandum", "statements");
    }

    @Test
    void aBundleSignedAsAWholeByOtherKeysFailsAgainstThePins() {
        byte[] forged = new Story("forged").bundle().bytes();
        assertThat(code(forged, PINS)).startsWith("bundle.card-contradicts-pin");
        assertThat(code(forged, PinnedCards.none())).isEqualTo("unpinned");
    }

    @Test
    void noChangedByteGoesUnnoticed() {
        long seed = 1789;
        Random random = new Random(seed);
        int step = "1".equals(System.getenv("ENTENTE_DEEP")) ? 1 : 233;
        for (int at = random.nextInt(step); at < FILE.length; at += 1 + random.nextInt(step * 2 - 1)) {
            byte[] changed = FILE.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            refused(changed, "seed " + seed + ", byte " + at);
        }
        for (int length = 0; length < FILE.length; length += FILE.length / 40) {
            refused(java.util.Arrays.copyOf(FILE, length), "cut to " + length);
        }
        refused(java.util.Arrays.copyOf(FILE, FILE.length + 1), "one byte more");
    }

    private static void refused(byte[] changed, String what) {
        BundleOutcome outcome = BundleVerification.verify(changed, PinnedCards.none());
        assertThat(outcome.exitCode()).as(what).isIn(1, 2);
    }

    /** Every text and number of the content in turn, the seal made anew each time. */
    @Test
    void noChangedValueGoesUnnoticedEvenWhenTheBundleIsSealedAnew() throws Malformed {
        List<String> pointers = new ArrayList<>();
        collect(document().get("content"), "", pointers);
        assertThat(pointers).hasSizeGreaterThan(80);
        for (String pointer : pointers) {
            assertThat(resealed(content -> alter(content, pointer))).as(pointer).contains(".");
        }
    }

    private static void collect(JsonNode node, String pointer, List<String> out) {
        if (node.isObject()) {
            node.propertyNames().forEach(name -> collect(node.get(name), pointer + "/" + name, out));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, out);
            }
        } else {
            out.add(pointer);
        }
    }

    private static void alter(ObjectNode content, String pointer) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = content.at(pointer.substring(0, slash));
        String last = pointer.substring(slash + 1);
        JsonNode old = content.at(pointer);
        JsonNode changed;
        if (old.isString()) {
            String text = old.stringValue();
            char first = text.charAt(0) == 'a' ? 'b' : 'a';
            changed = JsonNodeFactory.instance.stringNode(first + text.substring(1));
        } else {
            changed = JsonNodeFactory.instance.numberNode(old.longValue() + 1);
        }
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), changed);
        } else {
            ((ObjectNode) parent).set(last, changed);
        }
    }

    @Test
    void aStatementThatIsLeftOutMovedOrRepeatedIsNoticed() throws Malformed {
        assertThat(resealed(c -> remove(c, STORY.requestPlace()))).startsWith("bundle.answered-missing");
        assertThat(resealed(c -> remove(c, STORY.appointmentPlace()))).startsWith("bundle.approval-refused");
        assertThat(resealed(c -> remove(c, 0))).startsWith("bundle.memorandum-unsigned");
        assertThat(resealed(c -> {
                    ((ArrayNode) c.get("statements")).add(c.get("statements").get(0));
                    inclusions(c, 0).add(inclusions(c, 0).get(0));
                    inclusions(c, 1).add(inclusions(c, 1).get(0));
                }))
                .startsWith("bundle.statement-repeated");
    }

    @Test
    void theSealOfAnotherBundleDoesNotFit() throws Malformed {
        ObjectNode document = document();
        ObjectNode content = (ObjectNode) document.get("content");
        ((ObjectNode) content.get("memorandum")).put("clauses", 8);
        assertThat(code(CanonicalJson.encode(document), PINS)).startsWith("bundle.memorandum-unsigned");
        ObjectNode other = document();
        remove((ObjectNode) other.get("content"), STORY.requestPlace() + 1);
        ArrayNode bodies = (ArrayNode) other.get("content").get("bodies");
        bodies.remove(2);
        bodies.remove(1);
        assertThat(code(CanonicalJson.encode(other), PINS)).isEqualTo("bundle.seal-other");
    }

    private static ArrayNode inclusions(ObjectNode content, int log) {
        return (ArrayNode) content.get("logs").get(log).get("inclusions");
    }

    private static void remove(ObjectNode content, int place) {
        ((ArrayNode) content.get("statements")).remove(place);
        inclusions(content, 0).remove(place);
        inclusions(content, 1).remove(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unlogged:bundle.statement-not-logged",
                "uncosigned:bundle.log-signatures",
                "self-cosigned:checkpoint.not-cosigned",
                "stripped-to-ed25519:bundle.log-signatures",
                "stripped-and-filled:checkpoint.not-cosigned",
                "extra-signature:bundle.log-signatures",
                "other-origin:bundle.log-origin",
                "old-cosignature:bundle.statement-after-checkpoint",
                "answer-first:bundle.answer-before",
                "early-question:bundle.answer-before",
                "unapproved-change:bundle.approval-refused",
                "other-office:bundle.approval-refused",
                "late-approval:bundle.approval-refused",
                "foreign-sender:bundle.statement-refused",
                "third-party:bundle.party-foreign",
                "other-memorandum:bundle.memorandum-unsigned",
                "early-seal:bundle.seal-before",
                "third-party-seal:bundle.seal-refused"
            })
    void whatThePartiesThemselvesGotWrongIsNoticed(String fault) {
        String[] parts = fault.split(":", 2);
        Story story = new Story("", parts[0]);
        assertThat(code(story.bundle().bytes(), PinnedCards.of(story.cards()))).startsWith(parts[1]);
    }

    @Test
    void whatIsNoBundleIsUnreadable() {
        for (String text : new String[] {"", "{}", "[]", "{\"format\":\"entente-bundle/2\"}", "PK\u0003\u0004"}) {
            BundleOutcome outcome =
                    BundleVerification.verify(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), PINS);
            assertThat(outcome.exitCode()).as(text).isEqualTo(2);
        }
    }

    @Test
    void theFileIsItsOwnCanonicalForm() throws Malformed {
        assertThat(Bundle.parse(FILE).bytes()).isEqualTo(FILE);
    }
}
