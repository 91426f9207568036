package org.entente.evidence.attack;

import static org.entente.evidence.attack.Attacks.json;
import static org.entente.evidence.attack.Attacks.replaced;
import static org.entente.evidence.attack.Attacks.text;
import static org.entente.evidence.attack.Forge.MX;
import static org.entente.evidence.attack.Forge.US;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.Story;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attacks on a bundle: by somebody who holds the file only, and by the party that exported it, which seals anew whatever
 * it has made of it.
 */
final class BundleAttacks {
    static final Story STORY = new Story("");
    private static final PinnedCards PINS = PinnedCards.of(STORY.cards());
    private static final String ORIGIN = LogNames.relationship(MX.code(), US.code(), 1);
    private static final int APPOINTMENT = 2;
    private static final int REQUEST = 3;
    private static final int RELEASE = 4;

    private BundleAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(seals(), cards(), said(), orders(), logs(), bodies(), forms())
                .flatMap(Attacks::all);
    }

    static void verify(byte[] file) throws Malformed {
        switch (BundleVerification.verify(file, PINS)) {
            case BundleOutcome.Verified verified -> {}
            case BundleOutcome.ConsistentButUnpinned unpinned ->
                throw new IllegalStateException("the cards are pinned");
            case BundleOutcome.False refused -> throw new Malformed(refused.problem());
            case BundleOutcome.Unreadable unreadable -> throw new Malformed(unreadable.problem());
        }
    }

    static Attacks<byte[]> table() {
        return Attacks.on(STORY.bundle().bytes(), BundleAttacks::verify);
    }

    /** The exporter changes the content and seals it anew with the party's own keys. */
    static Attack.Change<byte[]> resealed(Consumer<ObjectNode> change) {
        return json(document -> {
            ObjectNode content = (ObjectNode) document.get("content");
            change.accept(content);
            document.set("seal", seal(content, Story.END));
        });
    }

    private static ObjectNode seal(ObjectNode content, Instant at) {
        return Statement.sign(
                        StatementDraft.of(Bundle.SEAL_KIND, MX.code(), at, covering(content)), MX.keys("statement"))
                .json();
    }

    private static ObjectNode covering(ObjectNode content) {
        Digest digest = Digest.framed("entente-bundle/1", CanonicalJson.encode(content));
        return JsonNodeFactory.instance
                .objectNode()
                .put("format", "entente-bundle/1")
                .put("digest", digest.hex());
    }

    private static ObjectNode content(ObjectNode document) {
        return (ObjectNode) document.get("content");
    }

    static ArrayNode statements(ObjectNode content) {
        return (ArrayNode) content.get("statements");
    }

    private static ArrayNode inclusions(ObjectNode content, int log) {
        return (ArrayNode) content.get("logs").get(log).get("inclusions");
    }

    /** Drops a statement with its proofs. */
    private static void drop(ObjectNode content, int place) {
        statements(content).remove(place);
        inclusions(content, 0).remove(place);
        inclusions(content, 1).remove(place);
    }

    /** Drops the last statement with its proofs and its bodies. */
    private static void dropRelease(ObjectNode content) {
        drop(content, RELEASE);
        bodies(content).remove(2);
        bodies(content).remove(1);
    }

    private static void move(ArrayNode list, int from, int to) {
        list.insert(to, list.remove(from));
    }

    /** Moves a statement with its proofs. */
    private static void move(ObjectNode content, int from, int to) {
        move(statements(content), from, to);
        move(inclusions(content, 0), from, to);
        move(inclusions(content, 1), from, to);
    }

    private static Attacks<byte[]> seals() {
        return table().add("the seal of another bundle is moved here", "bundle.seal-other", json(d -> {
                    ObjectNode other = content(d).deepCopy();
                    dropRelease(other);
                    d.set("seal", seal(other, Story.END));
                }))
                .add(
                        "the last statement is dropped and the seal stays",
                        "bundle.seal-other",
                        json(d -> dropRelease(content(d))))
                .add(
                        "the counterpart's release poses as the seal",
                        "bundle.seal-other",
                        json(d -> d.set(
                                "seal",
                                Statement.sign(
                                                StatementDraft.of(
                                                        "release", MX.code(), Story.END, covering(content(d))),
                                                MX.keys("statement"))
                                        .json())))
                .add(
                        "the seal is addressed to somebody",
                        "bundle.seal-other",
                        json(d -> d.set(
                                "seal",
                                Statement.sign(
                                                StatementDraft.of(
                                                                Bundle.SEAL_KIND,
                                                                MX.code(),
                                                                Story.END,
                                                                covering(content(d)))
                                                        .addressedTo(US.code()),
                                                MX.keys("statement"))
                                        .json())))
                .add(
                        "a signature of the seal is stripped off",
                        "bundle.seal-refused[signature.missing]",
                        json(d -> ((ArrayNode) d.get("seal").get("signatures")).remove(1)))
                .add(
                        "somebody else seals in the party's name",
                        "bundle.seal-refused[signature.key-other]",
                        json(d -> d.set(
                                "seal",
                                Statement.sign(
                                                StatementDraft.of(
                                                        Bundle.SEAL_KIND, MX.code(), Story.END, covering(content(d))),
                                                US.keys("statement"))
                                        .json())))
                .add(
                        "the seal is older than what it covers",
                        "bundle.seal-before",
                        json(d -> d.set(
                                "seal",
                                seal(
                                        content(d),
                                        STORY.statements().getFirst().at().minusSeconds(3600)))));
    }

    private static Attacks<byte[]> cards() {
        return table().add(
                        "the whole bundle is made by others under the parties' names",
                        "bundle.card-contradicts-pin[MX]",
                        honest -> new Story("forged").bundle().bytes())
                .add(
                        "the card of one party stands twice",
                        "bundle.cards-order",
                        resealed(c -> ((ArrayNode) c.get("cards"))
                                .set(1, c.get("cards").get(0))))
                .add(
                        "the cards change places",
                        "bundle.cards-order",
                        resealed(c -> move((ArrayNode) c.get("cards"), 0, 1)))
                .add(
                        "a signature of a card is stripped off",
                        "signature.missing[1]",
                        resealed(c -> ((ArrayNode) c.get("cards").get(0).get("signatures")).remove(1)))
                .add(
                        "the memorandum is another one",
                        "bundle.memorandum-unsigned[MX]",
                        resealed(c -> ((ObjectNode) c.get("memorandum")).put("clauses", 10)))
                .add(
                        "the counterpart's signature under the memorandum is dropped",
                        "bundle.memorandum-unsigned[US]",
                        resealed(c -> drop(c, 1)));
    }

    private static Attacks<byte[]> said() {
        return table().add(
                        "a signature of one statement is stripped off",
                        "bundle.statement-refused[4, signature.missing]",
                        resealed(c -> ((ArrayNode) statements(c).get(REQUEST).get("signatures")).remove(1)))
                .add(
                        "two statements of one party exchange their signatures",
                        "bundle.statement-refused[1, signature.ed25519-false]",
                        resealed(c -> {
                            ObjectNode one = (ObjectNode) statements(c).get(0);
                            ObjectNode other = (ObjectNode) statements(c).get(REQUEST);
                            ArrayNode signatures = (ArrayNode) one.get("signatures");
                            one.set("signatures", other.get("signatures"));
                            other.set("signatures", signatures);
                        }))
                .add(
                        "an officer's keys speak for the authority",
                        "bundle.statement-refused[4, signature.key-other]",
                        resealed(c -> statements(c)
                                .set(
                                        REQUEST,
                                        request(MX.keys("officer"), StatementDraft::content)
                                                .json())))
                .add(
                        "the party's root speaks for an authority",
                        "bundle.statement-refused[4, signature.key-other]",
                        resealed(c -> statements(c)
                                .set(
                                        REQUEST,
                                        request(MX.keys("root"), StatementDraft::content)
                                                .json())))
                .add(
                        "a statement stands in place of one that was logged",
                        "bundle.statement-not-logged[4, " + ORIGIN + "]",
                        resealed(c -> {
                            drop(c, RELEASE);
                            Statement other = request(
                                    MX.keys("statement"),
                                    draft -> draft.content().put("purpose", "arms-trafficking"));
                            statements(c).set(REQUEST, other.json());
                        }))
                .add(
                        "one statement stands twice",
                        "bundle.statement-repeated[2]",
                        resealed(c -> statements(c).set(1, statements(c).get(0))));
    }

    private interface Words {
        ObjectNode of(StatementDraft draft);
    }

    /** The request of the story in other words or under other keys. */
    private static Statement request(SecretKeys keys, Words words) {
        Statement honest = STORY.statements().get(REQUEST);
        StatementDraft draft = StatementDraft.of(honest.kind(), honest.from(), honest.at(), honest.content());
        return Statement.sign(
                StatementDraft.of(honest.kind(), honest.from(), honest.at(), words.of(draft))
                        .addressedTo(honest.to().orElseThrow()),
                keys);
    }

    private static Attacks<byte[]> orders() {
        return table().add(
                        "two statements change places and the seal stays",
                        "bundle.seal-other",
                        json(d -> move(content(d), 0, 1)))
                .add(
                        "two statements change places and their proofs do not",
                        "bundle.statement-not-logged[1, " + ORIGIN + "]",
                        resealed(c -> move(statements(c), 0, 1)))
                .add(
                        "the answer is put before the question",
                        "bundle.answered-missing[4]",
                        resealed(c -> move(c, RELEASE, REQUEST)))
                .add("the question is dropped", "bundle.answered-missing[4]", resealed(c -> drop(c, REQUEST)))
                .add(
                        "the appointment is put behind the approval",
                        "bundle.approval-refused[4, approval.officer-unknown]",
                        resealed(c -> move(c, APPOINTMENT, RELEASE)));
    }

    private static String note(ObjectNode content) {
        return content.get("logs").get(0).get("checkpoint").stringValue();
    }

    private static Consumer<ObjectNode> noted(UnaryOperator<String> change) {
        return content -> ((ObjectNode) content.get("logs").get(0)).put("checkpoint", change.apply(note(content)));
    }

    /** The log signs a head and the counterpart cosigns it. */
    private static String cosigned(Checkpoint head, Instant at) {
        return SignedCheckpoint.sign(head, MX.logKey())
                .cosign(CosignerSecrets.of(US.code(), US.cosigningKeys()), at)
                .note();
    }

    private static Checkpoint head(String note) {
        try {
            return Checkpoint.parse(SignedNote.parse(note).text());
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Attacks<byte[]> logs() {
        String notLogged = "bundle.statement-not-logged[1, " + ORIGIN + "]";
        Checkpoint other = new Checkpoint(ORIGIN, 3, Digest.of());
        return table().add(
                        "the counterpart's cosignature is stripped off",
                        "bundle.log-signatures[" + ORIGIN + "]",
                        resealed(noted(note -> note.substring(0, note.lastIndexOf('\u2014')))))
                .add(
                        "a third party's line joins the signatures",
                        "bundle.log-signatures[" + ORIGIN + "]",
                        resealed(noted(note -> note + Forge.line("stranger.example/1", 7, new byte[72]))))
                .add(
                        "the cosignatures are those of another checkpoint",
                        "checkpoint.cosignature-false[entente/cosigner/US]",
                        resealed(noted(note -> {
                            String foreign = cosigned(other, Story.END);
                            return note.substring(0, note.lastIndexOf("\u2014 entente/cosigner"))
                                    + foreign.substring(foreign.lastIndexOf("\u2014 entente/cosigner"));
                        })))
                .add(
                        "an old checkpoint is shown under the statements",
                        notLogged,
                        resealed(noted(note -> cosigned(other, Story.END))))
                .add(
                        "the checkpoint was cosigned before the statements were said",
                        "bundle.statement-after-checkpoint[1, " + ORIGIN + "]",
                        resealed(noted(note -> cosigned(
                                head(note), STORY.statements().getFirst().at().minusSeconds(3600)))))
                .add(
                        "the logs of the two parties change places",
                        "bundle.log-origin[MX]",
                        resealed(c -> move((ArrayNode) c.get("logs"), 0, 1)))
                .add(
                        "the checkpoint is that of the other party's log",
                        "checkpoint.origin-other[" + ORIGIN + "]",
                        resealed(c -> ((ObjectNode) c.get("logs").get(0))
                                .set("checkpoint", c.get("logs").get(1).get("checkpoint"))))
                .add(
                        "the origin is that of the internal log",
                        "bundle.log-origin[MX]",
                        resealed(c ->
                                ((ObjectNode) c.get("logs").get(0)).put("origin", LogNames.internal(MX.code(), 1))))
                .add(
                        "the size of the log is raised in the bundle",
                        "checkpoint.signature-false[" + ORIGIN + "]",
                        resealed(noted(note -> replaced(note, "\n10\n", "\n11\n"))))
                .add(
                        "a proof of the bundle is cut short",
                        notLogged,
                        resealed(c -> ((ArrayNode) inclusions(c, 0).get(0).get("path")).remove(0)))
                .add(
                        "the place of a statement in the log is changed",
                        notLogged,
                        resealed(c -> ((ObjectNode) inclusions(c, 0).get(0)).put("index", 3)))
                .add(
                        "one proof serves two statements",
                        "bundle.statement-not-logged[2, " + ORIGIN + "]",
                        resealed(c -> inclusions(c, 0).set(1, inclusions(c, 0).get(0))));
    }

    private static ArrayNode bodies(ObjectNode content) {
        return (ArrayNode) content.get("bodies");
    }

    private static ObjectNode body(ObjectNode content, int number) {
        return (ObjectNode) bodies(content).get(number);
    }

    private static Attacks<byte[]> bodies() {
        return table().add(
                        "a body has another content",
                        "bundle.body-differs[1, 4]",
                        resealed(c -> body(c, 0).put("content", Base64Text.padded(new byte[8]))))
                .add(
                        "a body has the salt of another",
                        "bundle.body-differs[1, 4]",
                        resealed(c -> body(c, 0).set("salt", body(c, 1).get("salt"))))
                .add("two bodies of one statement exchange their contents", "bundle.body-differs[2, 5]", resealed(c -> {
                    ObjectNode one = body(c, 1).deepCopy();
                    body(c, 1).set("salt", body(c, 2).get("salt"));
                    body(c, 1).set("content", body(c, 2).get("content"));
                    body(c, 2).set("salt", one.get("salt"));
                    body(c, 2).set("content", one.get("content"));
                }))
                .add(
                        "a byte of the content is taken into the salt",
                        "bundle.body-salt[1]",
                        resealed(c -> body(c, 0).put("salt", Base64Text.padded(new byte[33]))))
                .add(
                        "a body is said to be another statement's",
                        "bundle.body-of-none[1]",
                        resealed(c -> body(c, 0).set("statement", body(c, 1).get("statement"))))
                .add("a body comes without its statement", "bundle.body-of-none[2]", resealed(c -> drop(c, RELEASE)))
                .add(
                        "a body is named by no ciphertext",
                        "bundle.body-of-none[1]",
                        resealed(c -> body(c, 0).put("ciphertext", Digest.of().hex())))
                .add(
                        "a body stands twice",
                        "bundle.body-repeated[2]",
                        resealed(c -> bodies(c).insert(1, bodies(c).get(0))))
                .add("two bodies change places", "bundle.body-order[2]", resealed(c -> move(bodies(c), 0, 1)))
                .add(
                        "a body is taken out of the file and the seal stays",
                        "bundle.seal-other",
                        json(d -> bodies(content(d)).remove(2)))
                .add(
                        "a content is written in another form of base 64",
                        "base64.malformed",
                        resealed(c -> body(c, 1)
                                .put("content", body(c, 1).get("content").stringValue() + "=")))
                .add(
                        "there is a list of bodies without any",
                        "json.array-size",
                        resealed(c -> bodies(c).removeAll()));
    }

    private static Attacks<byte[]> forms() {
        return table().add(
                        "the bundle claims another format",
                        "bundle.format[entente-bundle/1]",
                        json(d -> d.put("format", "entente-bundle/0")))
                .add(
                        "the bundle says more than is sealed",
                        "json.member-unknown[verdict]",
                        json(d -> d.put("verdict", "verified")))
                .add(
                        "a third card joins the two",
                        "json.array-size",
                        resealed(c ->
                                ((ArrayNode) c.get("cards")).add(c.get("cards").get(0))))
                .add(
                        "a statement comes without a proof",
                        "json.array-size",
                        resealed(c -> inclusions(c, 0).remove(4)))
                .add(
                        "the bundle has its content twice",
                        "json.duplicate-name",
                        text("{\"content\":", "{\"content\":{},\"content\":"))
                .add("a line feed ends the file", "json.not-canonical", honest -> {
                    byte[] longer = Forge.longer(honest);
                    longer[honest.length] = '\n';
                    return longer;
                })
                .add("the seal is left out", "json.member-missing[seal]", json(d -> d.remove("seal")));
    }
}
