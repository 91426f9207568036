package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.entente.exchange.form.Field;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Step;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every kind of proceeding that the example memorandum lets be opened is walked through by two whole nodes, a legal step after the other, as
 * chance has it: after each both nodes say the same, and what the form does not allow is refused at the desk.
 */
class FormWalkTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long SEED = 7;
    private static final int STEPS_MAX = 5;
    private static final String CASE = "C-9";

    private final Random random = new Random(SEED);
    private final Map<Side, Bench> benches = new EnumMap<>(Side.class);

    @TempDir
    Path folder;

    private String item = "";

    @Test
    void bothNodesSayTheSameOfEveryKindAfterEveryStep() throws Exception {
        try (Street street = Street.of(folder)) {
            street.mx.sign(Understanding.text());
            street.us.sign(Understanding.text());
            benches.put(Side.OPENER, new Bench(street.mx, "US/FINCEN"));
            benches.put(Side.COUNTERPART, new Bench(street.us, "MX/UIF"));
            openCase(street.mx);
            street.rest();
            item = handedOver();
            Set<String> walked = new TreeSet<>();
            for (Form form : Forms.ofHouse().all()) {
                if (!form.opening().needs().act().filter(ActName::supplies).isPresent()) {
                    walk(form);
                    walked.add(form.name());
                }
            }
            assertThat(walked).hasSize(14);
            street.rest();
            assertThat(street.mx.differences()).isEmpty();
            assertThat(street.us.differences()).isEmpty();
        }
    }

    /** The officers of one side. */
    private record Bench(House house, String other, Map<Role, List<Credential>> officers) {
        private Bench(House house, String other) throws Exception {
            this(house, other, new EnumMap<>(Role.class));
            for (Role role : List.of(Role.ANALYST, Role.LIAISON, Role.LEGAL)) {
                officers.put(role, List.of(house.enrol(role), house.enrol(role)));
            }
        }

        private List<Credential> of(Role role) {
            return Objects.requireNonNull(officers.get(role));
        }

        /** Takes a step with as many officers as it needs, each with an own signature. */
        private String act(String act, ObjectNode facts, Step step) throws Exception {
            Role role = step.needs().approvers().stream().sorted().findFirst().orElseThrow();
            List<Credential> all = of(role);
            try (OfficerClient first = house.client(all.getFirst());
                    OfficerClient second = house.client(all.getLast())) {
                if (step.needs().officers() == 1) {
                    return first.act(act, facts).required("statement").asString();
                }
                facts.putArray("with").add(all.getLast().pseudonym());
                JsonNode draft = first.act(act, facts);
                assertThat(draft.has("statement")).as("one of two has signed").isFalse();
                return second.approve(draft).required("statement").asString();
            }
        }

        private JsonNode shown(String opening) throws Exception {
            try (OfficerClient client = house.client(of(Role.LIAISON).getFirst())) {
                return client.get("/api/proceedings/" + opening);
            }
        }

        private boolean knows(String statement) {
            return house.count("select count(*) from statement where encode(id, 'hex') = '" + statement + "'") == 1;
        }
    }

    private Bench bench(Side side) {
        return Objects.requireNonNull(benches.get(side));
    }

    /** An item of the other side, handed over in answer to a request. */
    private String handedOver() throws Exception {
        Form form = Forms.ofHouse().newest("request-for-information").orElseThrow();
        String opening = open(form);
        String answer = take(opening, Side.COUNTERPART, form.step("answer").orElseThrow());
        assertThat(phase(opening)).isEqualTo("answered");
        return answer;
    }

    private void walk(Form form) throws Exception {
        String opening = open(form);
        for (int n = 0; n < STEPS_MAX; n++) {
            List<Step> open = new ArrayList<>();
            for (Side side : Side.values()) {
                bench(side)
                        .shown(opening)
                        .required("open")
                        .forEach(step -> open.add(
                                form.step(step.required("step").asString()).orElseThrow()));
            }
            refuseOne(form, opening, open);
            if (open.isEmpty()) {
                return;
            }
            Step step = open.get(random.nextInt(open.size()));
            take(opening, step.by(), step);
            String phase = phase(opening);
            step.way()
                    .to()
                    .ifPresent(to -> assertThat(phase)
                            .as(form.name() + " " + step.name())
                            .isEqualTo(to));
        }
    }

    /** A step that is not open is refused before anything is signed, at either side. */
    private void refuseOne(Form form, String opening, List<Step> open) throws Exception {
        List<Step> shut = form.steps().values().stream()
                .filter(step -> !open.contains(step))
                .toList();
        Step step = shut.get(random.nextInt(shut.size()));
        for (Side side : Side.values()) {
            String refused = "";
            try {
                bench(side).act("step-taken", facts(opening, step), step);
            } catch (NodeRefusal refusal) {
                refused = refusal.code();
            }
            assertThat(refused).as(form.name() + " " + step.name()).isEqualTo("proceeding.step-not-open");
        }
    }

    private String open(Form form) throws Exception {
        Step step = form.opening();
        ObjectNode facts = NODES.objectNode()
                .put("form", form.name())
                .put("to", bench(Side.OPENER).other())
                .put("overlapKnown", true);
        facts.set("values", values(step.fields()));
        if (step.needs().act().isPresent()) {
            facts.put("case", CASE).put("category", "company").put("legalBasis", "Ley, artículo 1");
        }
        String opening = bench(Side.OPENER).act("proceeding-opened", facts, step);
        agree(opening, opening);
        return opening;
    }

    private String take(String opening, Side side, Step step) throws Exception {
        String statement = bench(side).act("step-taken", facts(opening, step), step);
        agree(opening, statement);
        return statement;
    }

    private ObjectNode facts(String opening, Step step) throws Exception {
        ObjectNode facts = NODES.objectNode().put("proceeding", opening).put("step", step.name());
        facts.set("values", values(step.fields()));
        if (step.needs().act().isPresent()) {
            facts.put("legalBasis", "31 U.S.C. 310");
        }
        if (step.needs().act().filter(ActName::supplies).isPresent()) {
            facts.set("envelope", RecallTest.envelope().toJson());
        }
        return facts;
    }

    /** Waits until the other side has it, and requires that both say the same of every move, phase and debt. */
    private void agree(String opening, String statement) throws Exception {
        Street.await("both sides have it", () -> benches.values().stream().allMatch(bench -> bench.knows(statement)));
        JsonNode one = bench(Side.OPENER).shown(opening);
        JsonNode other = bench(Side.COUNTERPART).shown(opening);
        assertThat(one.required("phase")).isEqualTo(other.required("phase"));
        assertThat(one.path("owed").path("what")).isEqualTo(other.path("owed").path("what"));
        assertThat(one.path("owed").path("by").asString(""))
                .isNotEqualTo(other.has("owed") ? other.at("/owed/by").asString() : "nobody");
        assertThat(one.required("moves").size())
                .isEqualTo(other.required("moves").size());
        for (JsonNode move : one.required("moves")) {
            assertThat(move.required("outcome").asString()).isEqualTo("taken");
        }
    }

    private String phase(String opening) throws Exception {
        return bench(Side.COUNTERPART).shown(opening).required("phase").asString();
    }

    private ObjectNode values(List<Field> fields) {
        ObjectNode values = NODES.objectNode();
        for (Field field : fields) {
            if (field.required() || random.nextInt(4) == 0) {
                values.set(
                        field.name(),
                        field.holds().many() && field.holds().type() != Field.Type.ROWS
                                ? NODES.arrayNode().add(value(field))
                                : value(field));
            }
        }
        return values;
    }

    private JsonNode value(Field field) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return switch (field.holds().type()) {
            case LINE, TEXT -> NODES.stringNode("Texto de prueba " + random.nextInt(1_000));
            case DAY -> NODES.stringNode(today.minusDays(3).toString());
            case LAST_DAY -> NODES.stringNode(today.plusYears(1).toString());
            case MOMENT ->
                NODES.stringNode(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            case NUMBER -> NODES.numberNode(random.nextInt(1_000));
            case YES_NO -> NODES.booleanNode(random.nextBoolean());
            case CHOICE ->
                NODES.stringNode(field.holds()
                        .choices()
                        .get(random.nextInt(field.holds().choices().size()))
                        .word());
            case QUANTITY -> NODES.stringNode("12.5 kg");
            case PLACE -> NODES.stringNode("MX-SIN");
            case AUTHORITY -> NODES.stringNode("MX/FGR");
            case STATEMENT -> NODES.stringNode(item.isEmpty() ? "ab".repeat(32) : item);
            case PURPOSE -> NODES.stringNode("drug-trafficking");
            case GROUND -> NODES.stringNode("own-investigation");
            case CAS -> NODES.stringNode("54-04-6");
            case HS -> NODES.stringNode("2939.42");
            case ROWS -> NODES.arrayNode().add(values(field.holds().columns()));
        };
    }

    private void openCase(House house) throws Exception {
        String memorandum = Memorandum.parseYaml(Files.readString(Understanding.text()))
                .digest()
                .hex();
        ObjectNode facts = NODES.objectNode()
                .put("reference", CASE)
                .put("memorandum", memorandum)
                .put("purpose", "drug-trafficking");
        Credential analyst = bench(Side.OPENER).of(Role.ANALYST).getFirst();
        try (OfficerClient client = house.client(analyst)) {
            client.post("/api/cases", facts);
        }
    }
}
