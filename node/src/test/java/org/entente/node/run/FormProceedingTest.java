package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Proceedings under forms between two whole nodes. */
class FormProceedingTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ITEM = "ab".repeat(32);

    @TempDir
    Path folder;

    private Street street;

    @BeforeEach
    void begin() throws Exception {
        street = Street.of(folder);
        street.mx.sign(Understanding.text());
        street.us.sign(Understanding.text());
        street.rest();
    }

    @AfterEach
    void end() {
        street.close();
    }

    @Test
    void bothNodesComeToTheSamePhase() throws Exception {
        Credential asker = street.mx.enrol(Role.LIAISON);
        Credential giver = street.us.enrol(Role.LIAISON);
        street.rest();
        String opening = statement(act(street.mx, asker, "proceeding-opened", feedback()));
        Street.await("the question is opened", () -> values(street.us) == 1);
        assertThat(phase(street.mx)).isEqualTo("owed them");
        assertThat(phase(street.us)).isEqualTo("owed us");
        ObjectNode useful = step(opening, "give", NODES.objectNode().put("usefulness", "decisive"));
        statement(act(street.us, giver, "step-taken", useful));
        Street.await("the answer is there", () -> phase(street.mx).equals("given"));
        assertThat(phase(street.us)).isEqualTo("given");
        assertThat(refusal(street.us, giver, "step-taken", useful)).isEqualTo("proceeding.step-not-open");
        assertThat(refusal(street.mx, asker, "step-taken", step(opening, "land", NODES.objectNode())))
                .isEqualTo("proceeding.step-unknown");
        street.rest();
        assertThat(street.mx.differences()).isEmpty();
        assertThat(street.us.differences()).isEmpty();
    }

    @Test
    void twoOfficersWhoAnswerAtOnceSayOneAnswer() throws Exception {
        Credential asker = street.mx.enrol(Role.LIAISON);
        Credential one = street.us.enrol(Role.LIAISON);
        Credential other = street.us.enrol(Role.ANALYST);
        street.rest();
        String opening = statement(act(street.mx, asker, "proceeding-opened", feedback()));
        Street.await("the question is opened", () -> values(street.us) == 1);
        ObjectNode useful = step(opening, "give", NODES.objectNode().put("usefulness", "decisive"));
        ObjectNode useless = step(opening, "give", NODES.objectNode().put("usefulness", "not-useful"));
        try (OfficerClient first = street.us.client(one);
                OfficerClient second = street.us.client(other)) {
            JsonNode prepared = first.post("/api/acts/step-taken", useful);
            JsonNode overtaken = second.post("/api/acts/step-taken", useless);
            statement(first.approve(prepared));
            assertThat(refusalOf(() -> second.approve(overtaken))).isEqualTo("proceeding.step-not-open");
        }
        Street.await("the answer is there", () -> phase(street.mx).equals("given"));
        assertThat(street.us.count("select count(*) from statement where kind = 'step-taken'"))
                .isOne();
    }

    @Test
    void whatTheFormDoesNotAllowIsNotEvenPrepared() throws Exception {
        Credential liaison = street.mx.enrol(Role.LIAISON);
        ObjectNode late = feedback();
        ((ObjectNode) late.required("values")).put("by", "2020-01-01");
        assertThat(refusal(street.mx, liaison, "proceeding-opened", late)).isEqualTo("form.field-day-passed");
        ObjectNode unknown = feedback().put("form", "lunar-landing");
        assertThat(refusal(street.mx, liaison, "proceeding-opened", unknown)).isEqualTo("api.nothing-here");
        ObjectNode alone =
                NODES.objectNode().put("form", "sovereignty-incident").put("to", "US/FINCEN");
        alone.putObject("values")
                .put("place", "MX")
                .put("happened-on", "2026-01-01")
                .put("what-happened", "An aircraft crossed.");
        assertThat(refusal(street.mx, liaison, "proceeding-opened", alone)).isEqualTo("proceeding.role-lacks");
        assertThat(street.mx.count("select count(*) from proceeding")).isZero();
    }

    private static ObjectNode feedback() {
        ObjectNode facts = NODES.objectNode().put("form", "feedback").put("to", "US/FINCEN");
        ObjectNode values = facts.putObject("values").put("by", "2099-12-04").put("questions", "Was it of use?");
        values.putArray("items").add(ITEM);
        return facts;
    }

    private static ObjectNode step(String opening, String step, ObjectNode values) {
        ObjectNode facts = NODES.objectNode().put("proceeding", opening).put("step", step);
        facts.set("values", values);
        return facts;
    }

    private static JsonNode act(House house, Credential officer, String act, ObjectNode facts) throws Exception {
        try (OfficerClient client = house.client(officer)) {
            return client.act(act, facts);
        }
    }

    private static String refusal(House house, Credential officer, String act, ObjectNode facts) throws Exception {
        return refusalOf(() -> act(house, officer, act, facts));
    }

    private interface Attempt {
        JsonNode go() throws Exception;
    }

    private static String refusalOf(Attempt attempt) throws Exception {
        try {
            return attempt.go().toString();
        } catch (NodeRefusal refused) {
            return refused.code();
        }
    }

    private static String statement(JsonNode said) {
        return said.required("statement").asString();
    }

    private static long values(House house) {
        return house.count("select count(*) from proceeding_values");
    }

    private static String phase(House house) {
        return house.sql()
                .sql("select coalesce(phase, '') || coalesce(' ' || owed_by, '') from proceeding")
                .query(String.class)
                .single();
    }
}
