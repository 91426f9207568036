package org.entente.evidence.attack;

import static org.entente.evidence.attack.Forge.MX;
import static org.entente.evidence.attack.Forge.US;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.MlDsa65PublicKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Attacks on party cards, most of them by the party itself, and on what officers sign. */
final class CardAttacks {
    private static final SecretKeys ROOT = MX.keys("root");
    private static final SecretKeys OFFICER = MX.keys("officer");
    private static final String PSEUDONYM = "mx-uif-01";

    private CardAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(keys(), content(), approvals()).flatMap(Attacks::all);
    }

    private static Attacks<byte[]> table() {
        return Attacks.on(MX.card(2).bytes(), PartyCard::parse);
    }

    /** The root signs a changed card. */
    private static Attack.Change<byte[]> resigned(Consumer<ObjectNode> change) {
        return honest -> {
            ObjectNode document = (ObjectNode) CanonicalJson.parse(honest, honest.length);
            byte[] bytes = Base64Text.parseUrl(document.get("payload").stringValue());
            ObjectNode payload = (ObjectNode) CanonicalJson.parse(bytes, bytes.length);
            change.accept(payload);
            return Forge.jws(ROOT.publicKeys().kid(), PartyCard.TYPE, CanonicalJson.encode(payload), ROOT);
        };
    }

    private static Attack.Change<byte[]> logKey(int first, int rest, int last) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) rest);
        key[0] = (byte) first;
        key[31] = (byte) last;
        return resigned(card -> ((ObjectNode) card.get("keys")).put("log", Base64Text.url(key)));
    }

    private static Attacks<byte[]> keys() {
        return table().add("the log's key is the identity", "key.ed25519-refused", logKey(1, 0, 0))
                .add("the log's key has order two", "key.ed25519-refused", logKey(0xec, 0xff, 0x7f))
                .add("the log's key has order four", "key.ed25519-refused", logKey(0, 0, 0))
                .add("the log's key is the identity in another form", "key.ed25519-refused", logKey(0xee, 0xff, 0x7f))
                .add("the log's key is no point of the curve", "key.ed25519-refused", logKey(2, 0, 0))
                .add(
                        "everybody can sign under the statement key",
                        "key.ml-dsa-65-refused",
                        resigned(card -> ((ObjectNode) card.get("keys").get("statement"))
                                .put("mlDsa65", Base64Text.url(new byte[MlDsa65PublicKey.LENGTH]))))
                .add(
                        "the statement key loses its second algorithm",
                        "key.algorithm-missing",
                        resigned(card -> ((ObjectNode) card.get("keys").get("statement")).remove("mlDsa65")))
                .add(
                        "the log's key signs statements, too",
                        "card.key-reused",
                        resigned(card -> ((ObjectNode) card.get("keys").get("statement"))
                                .set("ed25519", card.get("keys").get("log"))))
                .add("the root is exchanged and the old one signs", "signature.key-other", resigned(card -> {
                    SecretKeys other = new Party("MX", "UIF", "other").keys("root");
                    ((ObjectNode) card.get("keys"))
                            .set("root", other.publicKeys().json());
                }));
    }

    private static Attacks<byte[]> content() {
        return table().add(
                        "the card introduces an authority of another party",
                        "card.authority-foreign[US/FINCEN]",
                        resigned(card -> ((ObjectNode) card.get("authorities").get(0)).put("code", "US/FINCEN")))
                .add(
                        "the serial number is zero",
                        "json.integer-expected[serial, 1, 2147483647]",
                        resigned(card -> card.put("serial", 0)))
                .add(
                        "the serial number wraps round",
                        "json.integer-expected[serial, 1, 2147483647]",
                        resigned(card -> card.put("serial", 4_294_967_297L)))
                .add(
                        "the party's name brings a line of its own",
                        "json.line-refused",
                        resigned(card -> ((ObjectNode) card.get("names")).put("en", "Mexico\nPinned")))
                .add(
                        "the card pins no certificate",
                        "card.tls-pins-refused",
                        resigned(card -> card.putArray("tlsPins")))
                .add(
                        "another party signs the card",
                        "signature.key-other",
                        honest -> Forge.jws(
                                US.keys("root").publicKeys().kid(), PartyCard.TYPE, payload(honest), US.keys("root")))
                .add("the serial number is raised by a stranger", "signature.ed25519-false", honest -> {
                    ObjectNode document = (ObjectNode) CanonicalJson.parse(honest, honest.length);
                    String raised =
                            new String(payload(honest), StandardCharsets.UTF_8).replace("\"serial\":2", "\"serial\":3");
                    return CanonicalJson.encode(document.put("payload", Base64Text.url(Forge.utf8(raised))));
                });
    }

    private static byte[] payload(byte[] card) throws Malformed {
        return Base64Text.parseUrl(
                CanonicalJson.parse(card, card.length).get("payload").stringValue());
    }

    private static Attacks<byte[]> approvals() {
        StatementDraft release = StatementDraft.of(
                        "release", MX.authority(), Forge.AT, JsonNodeFactory.instance.objectNode())
                .addressedTo(US.authority());
        Approval approval = new Approval(PSEUDONYM, MX.authority(), "liaison", "release", release.approvalSubject());
        return Attacks.on(
                        approval.sign(Forge.AT, OFFICER).bytes(),
                        signed -> Approval.verify(Statement.parse(signed), OFFICER.publicKeys(), PSEUDONYM))
                .add(
                        "the party approves with its own keys under the officer's pseudonym",
                        "signature.ed25519-false",
                        honest -> approval.sign(Forge.AT, MX.keys("statement")).bytes())
                .add("an officer approves in the name of a colleague", "approval.signer-differs", honest -> {
                    Approval colleague =
                            new Approval("mx-uif-02", MX.authority(), "liaison", "release", release.approvalSubject());
                    StatementDraft draft = StatementDraft.of(
                            Approval.KIND,
                            MX.authority(),
                            Forge.AT,
                            colleague.sign(Forge.AT, OFFICER).content());
                    return Statement.sign(draft, OFFICER, PSEUDONYM).bytes();
                })
                .add("an officer's other statement is passed off as an approval", "approval.kind[release]", honest -> {
                    return Statement.sign(release, OFFICER, PSEUDONYM).bytes();
                })
                .add("an appointment is passed off as an approval", "approval.kind[officer-appointed]", honest -> {
                    OfficerAppointment appointment =
                            new OfficerAppointment(PSEUDONYM, MX.authority(), "liaison", OFFICER.publicKeys());
                    StatementDraft draft =
                            StatementDraft.of(OfficerAppointment.KIND, MX.authority(), Forge.AT, appointment.content());
                    return Statement.sign(draft, OFFICER, PSEUDONYM).bytes();
                });
    }
}
