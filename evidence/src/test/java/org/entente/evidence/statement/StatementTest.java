package org.entente.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Jws;
import org.entente.evidence.card.SecretKeys;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class StatementTest {
    private static final Party MX = new Party("MX", "UIF", "");
    private static final Party US = new Party("US", "FINCEN", "");
    private static final Instant AT = Party.START;
    private static final StatementDraft DRAFT = StatementDraft.of(
                    "request",
                    MX.authority(),
                    AT,
                    JsonNodeFactory.instance.objectNode().put("case", "17"))
            .addressedTo(US.authority())
            .expiringAt(AT.plusSeconds(3600));

    private static Statement signed() {
        return Statement.sign(DRAFT, MX.keys("statement"));
    }

    /** Changes the JSON of a signed statement and expects the code. */
    private static void refused(Consumer<ObjectNode> change, String code) {
        ObjectNode document = signed().json();
        change.accept(document);
        byte[] bytes = CanonicalJson.encode(document);
        assertThatThrownBy(() -> Statement.parse(bytes).verify(MX.card(1)))
                .isInstanceOf(Malformed.class)
                .hasMessageStartingWith(code);
    }

    private static ArrayNode signatures(ObjectNode document) {
        return (ArrayNode) document.get("signatures");
    }

    private static Consumer<ObjectNode> header(int index, String text) {
        return document -> ((ObjectNode) signatures(document).get(index))
                .put("protected", Base64Text.url(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void aStatementReadsBackAsItself() throws Malformed {
        Statement statement = signed();
        Statement read = Statement.parse(statement.bytes()).verify(MX.card(1));
        assertThat(read).isEqualTo(statement);
        assertThat(read.bytes()).isEqualTo(statement.bytes()).isEqualTo(CanonicalJson.encode(statement.json()));
        assertThat(read.kind()).isEqualTo("request");
        assertThat(read.from()).isEqualTo(MX.authority());
        assertThat(read.to()).contains(US.authority());
        assertThat(read.at()).isEqualTo(AT);
        assertThat(read.content().get("case").stringValue()).isEqualTo("17");
        assertThat(read.signedBy(MX.card(1))).isTrue();
    }

    @Test
    void onlyTheSendersCardVerifiesIt() throws Malformed {
        UnverifiedStatement read = Statement.parse(signed().bytes());
        assertThatThrownBy(() -> read.verify(US.card(1))).hasMessageStartingWith("statement.sender-foreign");
        SecretKeys other = US.keys("statement");
        assertThatThrownBy(
                        () -> read.verify(other.publicKeys(), other.publicKeys().kid()))
                .hasMessage("signature.key-other");
        assertThatThrownBy(() -> read.verify(other.publicKeys(), read.claimedKid()))
                .hasMessage("signature.ed25519-false");
    }

    @Test
    void everyOtherFormIsRefusedWithItsOwnCode() {
        String kid = MX.keys("statement").publicKeys().kid();
        String end = "\",\"kid\":\"" + kid + "\",\"typ\":\"entente-statement+json\"}";
        refused(d -> signatures(d).remove(1), "signature.missing");
        refused(d -> signatures(d).remove(0), "signature.missing");
        refused(d -> signatures(d).removeAll(), "signature.missing");
        refused(d -> signatures(d).add(signatures(d).get(1)), "signature.extra");
        refused(d -> signatures(d).set(1, signatures(d).get(0)), "signature.repeated");
        refused(d -> signatures(d).add(signatures(d).remove(0)), "signature.order");
        refused(header(0, "{\"alg\":\"none" + end), "signature.algorithm");
        refused(header(0, "{\"alg\":\"EdDSA" + end), "signature.algorithm");
        refused(header(1, "{\"alg\":\"ML-DSA-44" + end), "signature.algorithm");
        refused(header(1, "{\"alg\":\"Ed25519" + end), "signature.repeated");
        refused(header(1, "{\"alg\":\"ML-DSA-65" + end.replace(kid, "other")), "signature.keys-differ");
        refused(header(0, "{\"alg\":\"Ed25519" + end.replace(kid, "../etc")), "signature.key-name");
        refused(header(0, "{\"alg\":\"Ed25519" + end.replace("statement", "card")), "signature.type");
        refused(header(0, "{ \"alg\":\"Ed25519" + end), "signature.header-not-canonical");
        refused(header(0, "{\"alg\":\"Ed25519" + end.replace("}", ",\"x\":1}")), "json.member-unknown");
        refused(header(0, "{\"alg\":\"Ed25519\"}"), "json.member-missing");
        refused(d -> ((ObjectNode) signatures(d).get(0)).putObject("header"), "signature.header-unprotected");
        refused(d -> ((ObjectNode) signatures(d).get(0)).put("x", 1), "json.member-unknown");
        refused(d -> d.put("x", 1), "json.member-unknown");
        refused(d -> d.put("protected", "e30"), "signature.form");
        refused(d -> d.put("payload", d.get("payload").stringValue() + "="), "signature.base64");
        refused(d -> d.put("payload", ""), "json.syntax");
        refused(d -> d.put("payload", Base64Text.url(new byte[] {'[', ']'})), "json.object-expected");
        refused(d -> d.put("payload", Base64Text.url(new byte[] {'{', ' ', '}'})), "signature.payload-not-canonical");
        refused(StatementTest::flipEd25519, "signature.ed25519-false");
        refused(StatementTest::flipMlDsa65, "signature.ml-dsa-65-false");
        refused(StatementTest::swapPayload, "signature.ed25519-false");
    }

    private static void flipEd25519(ObjectNode document) {
        flip(document, 0);
    }

    private static void flipMlDsa65(ObjectNode document) {
        flip(document, 1);
    }

    private static void flip(ObjectNode document, int index) {
        ObjectNode entry = (ObjectNode) signatures(document).get(index);
        String text = entry.get("signature").stringValue();
        entry.put("signature", (text.charAt(0) == 'A' ? "B" : "A") + text.substring(1));
    }

    /** Puts the same words, said one second later, below the old signatures. */
    private static void swapPayload(ObjectNode document) {
        StatementDraft later = new StatementDraft(
                DRAFT.kind(), DRAFT.from(), DRAFT.to(), AT.plusSeconds(1), DRAFT.expires(), DRAFT.content());
        document.set(
                "payload", Statement.sign(later, MX.keys("statement")).json().get("payload"));
    }

    @Test
    void aPayloadOfAnotherFormIsRefusedEvenWhenItIsSigned() {
        signedPayload(p -> p.put("v", 2), "json.integer-expected");
        signedPayload(p -> p.put("kind", "Request"), "statement.kind-malformed");
        signedPayload(p -> p.put("from", "MX/"), "authority.code-malformed");
        signedPayload(p -> p.put("to", "us"), "party.code-malformed");
        signedPayload(p -> p.put("at", "2026-01-31T08:00:00.0Z"), "time.malformed");
        signedPayload(p -> p.put("expires", "2026-01-31T08:00:00Z"), "statement.expires-before");
        signedPayload(p -> p.put("content", "x"), "json.object-expected");
        signedPayload(p -> p.put("more", 1), "json.member-unknown");
        signedPayload(p -> p.remove("from"), "json.member-missing");
    }

    private static void signedPayload(Consumer<ObjectNode> change, String code) {
        ObjectNode payload = DRAFT.json();
        change.accept(payload);
        SecretKeys keys = MX.keys("statement");
        byte[] bytes =
                Jws.sign(Statement.TYPE, keys.publicKeys().kid(), payload, keys).bytes();
        assertThatThrownBy(() -> Statement.parse(bytes).verify(MX.card(1))).hasMessageStartingWith(code);
    }

    @Test
    void theIdCoversHeadersAndPayloadAndNotTheSignatures() {
        Statement statement = signed();
        byte[] one = header("Ed25519", statement.kid());
        byte[] two = header("ML-DSA-65", statement.kid());
        byte[] payload = CanonicalJson.encode(DRAFT.json());
        assertThat(statement.id()).isEqualTo(Digest.framed("entente-jws-id/1", one, two, payload));
        assertThat(Statement.sign(DRAFT, MX.keys("statement"), "another").id()).isNotEqualTo(statement.id());
    }

    private static byte[] header(String algorithm, String kid) {
        String text = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\",\"typ\":\"entente-statement+json\"}";
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void anOfficersApprovalCoversWhatIsApprovedAndNotTheTimes() throws Malformed {
        SecretKeys officerKeys = MX.keys("officer");
        Approval approval = new Approval("mx-uif-01", MX.authority(), "liaison", "request", DRAFT.approvalSubject());
        Statement signed = approval.sign(AT, officerKeys);
        Approval read = Approval.verify(Statement.parse(signed.bytes()), officerKeys.publicKeys(), "mx-uif-01");
        assertThat(read).isEqualTo(approval);

        StatementDraft approved = DRAFT.withApprovals(List.of(signed));
        assertThat(approved.approvalSubject()).isEqualTo(DRAFT.approvalSubject());
        assertThat(approved.addressedTo(MX.code()).approvalSubject()).isNotEqualTo(DRAFT.approvalSubject());
        Statement posing = Statement.sign(
                StatementDraft.of(Approval.KIND, MX.authority(), AT, signed.content()), officerKeys, "mx-uif-02");
        assertThatThrownBy(() -> Approval.read(posing)).hasMessage("approval.signer-differs");
        assertThatThrownBy(() -> Approval.read(signed())).hasMessageStartingWith("approval.kind");
    }

    @Test
    void freshnessGrantsSkewToTheSenderOnly() {
        Duration skew = Duration.ofMinutes(5);
        assertThat(Freshness.of(signed(), AT, skew)).isEqualTo(Freshness.CURRENT);
        assertThat(Freshness.of(signed(), AT.minusSeconds(300), skew)).isEqualTo(Freshness.CURRENT);
        assertThat(Freshness.of(signed(), AT.minusSeconds(301), skew)).isEqualTo(Freshness.FUTURE_DATED);
        assertThat(Freshness.of(signed(), AT.plusSeconds(3599), skew)).isEqualTo(Freshness.CURRENT);
        assertThat(Freshness.of(signed(), AT.plusSeconds(3600), skew)).isEqualTo(Freshness.EXPIRED);
    }
}
