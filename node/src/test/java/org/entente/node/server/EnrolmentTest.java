package org.entente.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.officer.Token;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An officer is enrolled once; whoever lost the answer asks again, and nobody takes an officer's place. */
@Timeout(180)
class EnrolmentTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    static Path folder;

    private static NodeOnTrial node;
    private static OfficerClient administrator;

    @BeforeAll
    static void start() throws Exception {
        node = NodeOnTrial.start(folder);
        administrator = node.client(node.administrator(), Language.ENGLISH);
    }

    @AfterAll
    static void stop() {
        administrator.close();
        node.close();
    }

    @Test
    void theSameEnrolmentAgainChangesNothing() throws Exception {
        Credential credential = drawn("uif-analyst-1");
        ObjectNode enrolment = enrolment(credential);
        JsonNode first = administrator.post("/api/officers", enrolment);
        assertThat(first.required("again").asBoolean()).isFalse();
        assertThat(first.has("token")).isFalse();
        for (int n = 0; n < 2; n++) {
            assertThat(administrator
                            .post("/api/officers", enrolment)
                            .required("again")
                            .asBoolean())
                    .isTrue();
        }
        assertComesIn(credential);
        assertThat(count("uif-analyst-1")).isEqualTo(1);
    }

    @Test
    void whoeverIsEnrolledKeepsKeysOfficeAndToken() throws Exception {
        Credential credential = drawn("uif-analyst-2");
        ObjectNode enrolment = enrolment(credential);
        administrator.post("/api/officers", enrolment);
        ObjectNode otherKeys = enrolment.deepCopy();
        otherKeys.set("keys", SecretKeys.generate(RANDOM).publicKeys().json());
        assertTaken("officer.taken", otherKeys);
        assertTaken(
                "officer.taken",
                enrolment
                        .deepCopy()
                        .put("tokenHash", Token.generate(RANDOM).hash().hex()));
        ObjectNode drawnHere = enrolment.deepCopy();
        drawnHere.remove("tokenHash");
        assertTaken("officer.taken", drawnHere);
        assertTaken("officer.taken", enrolment.deepCopy().put("role", Role.LIAISON.word()));
        assertTaken("officer.taken", enrolment.deepCopy().put("authority", NodeOnTrial.FGR.text()));
        assertTaken("officer.taken", enrolment.deepCopy().put("name", "Somebody else"));
        assertComesIn(credential);
    }

    @Test
    void keysStandForOnePerson() throws Exception {
        Credential credential = drawn("uif-analyst-3");
        administrator.post("/api/officers", enrolment(credential));
        assertTaken(
                "officer.keys-taken",
                enrolment(credential)
                        .put("pseudonym", "uif-analyst-4")
                        .put("tokenHash", Token.generate(RANDOM).hash().hex()));
        ObjectNode ofTheParty = enrolment(drawn("uif-analyst-5"));
        PartyCard card = PartyCard.of(administrator.get("/api/node").required("card"));
        ofTheParty.set("keys", card.statementKeys().json());
        assertTaken("officer.keys-taken", ofTheParty);
    }

    @Test
    void aTokenIsOneOfficers() throws Exception {
        Credential credential = drawn("uif-analyst-6");
        administrator.post("/api/officers", enrolment(credential));
        assertTaken(
                "officer.taken",
                enrolment(drawn("uif-analyst-7"))
                        .put("tokenHash", credential.token().hash().hex()));
        assertTaken("digest.malformed", enrolment(drawn("uif-analyst-8")).put("tokenHash", "abc"));
    }

    @Test
    void withoutAHashTheNodeDrawsTheToken() throws Exception {
        Credential credential = drawn("uif-analyst-9");
        ObjectNode enrolment = enrolment(credential);
        enrolment.remove("tokenHash");
        Token token = new Token(
                administrator.post("/api/officers", enrolment).required("token").asString());
        assertComesIn(new Credential(
                credential.pseudonym(), credential.authority(), credential.role(), token, credential.keys()));
        assertTaken("officer.taken", enrolment);
    }

    private static Credential drawn(String pseudonym) {
        return new Credential(
                pseudonym, NodeOnTrial.UIF, Role.ANALYST.word(), Token.generate(RANDOM), SecretKeys.generate(RANDOM));
    }

    private static ObjectNode enrolment(Credential credential) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("pseudonym", credential.pseudonym())
                .put("name", "Ana")
                .put("authority", credential.authority().text())
                .put("role", credential.role())
                .put("tokenHash", credential.token().hash().hex());
        body.set("keys", credential.keys().publicKeys().json());
        return body;
    }

    private static void assertTaken(String code, ObjectNode enrolment) {
        assertThatThrownBy(() -> administrator.post("/api/officers", enrolment))
                .isInstanceOfSatisfying(
                        NodeRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static void assertComesIn(Credential credential) throws Exception {
        try (OfficerClient client = node.client(credential, Language.ENGLISH)) {
            assertThat(client.get("/api/node")
                            .required("officer")
                            .required("pseudonym")
                            .asString())
                    .isEqualTo(credential.pseudonym());
        }
    }

    private static long count(String pseudonym) throws Exception {
        long count = 0;
        for (JsonNode officer : administrator.get("/api/officers").required("officers")) {
            count += officer.required("pseudonym").asString().equals(pseudonym) ? 1 : 0;
        }
        return count;
    }
}
