package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was asked for and answered under a form is called back, all at the command line, between two whole nodes. */
class RecallTest {
    private static final Category COMPANY = new Category("company");
    private static final Purpose DRUGS = new Purpose("drug-trafficking");

    private final String today = LocalDate.now(ZoneOffset.UTC).toString();
    private final String nextYear = LocalDate.now(ZoneOffset.UTC).plusYears(1).toString();

    @TempDir
    Path folder;

    private Street street;
    private Desk analyst;
    private Desk liaison;
    private Desk originator;

    @BeforeEach
    void begin() throws Exception {
        street = Street.of(folder);
        street.mx.sign(Understanding.text());
        street.us.sign(Understanding.text());
        analyst = Desk.of(street.mx, Role.ANALYST, folder);
        liaison = Desk.of(street.mx, Role.LIAISON, folder);
        originator = Desk.of(street.us, Role.LIAISON, folder);
        street.rest();
    }

    @AfterEach
    void end() {
        street.close();
    }

    @Test
    void whatIsCalledBackIsRestrictedAtOnceAndErasedOnTheWordOfItsReceiver() throws Exception {
        String item = answered();
        String recall = recalled(item);
        assertThat(restricted(street.mx)).isOne();
        assertThat(restricted(street.us)).isOne();
        assertThat(liaison.does("proceedings", "list", "--owed", "us"))
                .contains(recall)
                .contains("Recall");
        liaison.does("answer", recall, "--step", "erase", "--set", "erased-on=" + today);
        Street.await(
                "the item is erased",
                () -> street.mx.count("select count(*) from erasure where why = 'proceeding'") == 1);
        Street.await(
                "the originator has it attested",
                () -> street.us.count("select count(*) from erasure_attested where why = 'proceeding'") == 1);
        assertThat(street.mx.count("select count(*) from proceeding_values v join statement s on s.id = v.statement"
                        + " where encode(s.id, 'hex') = '" + item + "'"))
                .isZero();
        assertThat(restricted(street.mx)).isZero();
        String request = opening(street.us, "request-for-information");
        assertThat(move(liaison, request, item).required("readable").asBoolean())
                .isFalse();
        street.rest();
        assertThat(street.mx.differences()).isEmpty();
        assertThat(street.us.differences()).isEmpty();
    }

    @Test
    void whatACourtHoldsIsNotErasedAndSaysSo() throws Exception {
        String item = answered();
        ObjectNode order = JsonNodeFactory.instance
                .objectNode()
                .put("statement", item)
                .put("court", "Juzgado Primero")
                .put("instrument", "12/2026")
                .put("review", nextYear);
        try (OfficerClient adviser = street.mx.client(street.mx.adviser())) {
            adviser.post("/api/holds", order);
        }
        String recall = recalled(item);
        assertThat(liaison.isRefused("answer", recall, "--step", "erase", "--set", "erased-on=" + today))
                .contains(item);
        liaison.does(
                "answer",
                recall,
                "--step",
                "restrict",
                "--set",
                "court=Juzgado Primero",
                "--set",
                "instrument=12/2026",
                "--set",
                "review=" + nextYear);
        Street.await("the originator is told", () -> phase(street.us, recall).equals("restricted"));
        assertThat(restricted(street.mx)).isOne();
        assertThat(street.mx.count("select count(*) from erasure where what = 'body'"))
                .isZero();
        assertThat(move(liaison, opening(street.us, "request-for-information"), item)
                        .at("/values/answer")
                        .asString())
                .isEqualTo("It is owned by two others.");
    }

    @Test
    void aCommandSaysWhatIsWrongWithWhatItIsGiven() throws Exception {
        assertThat(analyst.does("proceedings", "forms")).contains("firearm-trace");
        assertThat(analyst.does("proceedings", "forms", "recall")).contains("because", "ordered");
        assertThat(analyst.isRefused("proceedings", "forms", "../cases")).contains("../cases");
        assertThat(analyst.isRefused(
                        "request", "--to", "US/FINCEN", "--case", "C-7", "--category", "company", "--set", "moon=1"))
                .contains("moon")
                .contains("foreseen-use");
        assertThat(analyst.isRefused("answer", "0".repeat(64))).isNotBlank();
        assertThat(analyst.isRefused("proceedings", "list", "--owed", "nobody")).contains("nobody");
        assertThat(analyst.does("proceedings", "list")).isEmpty();
        assertThat(analyst.does("proceedings", "waiting")).isEmpty();
    }

    @Test
    void theSameQuestionIsNotAskedTwiceUnknowingly() throws Exception {
        answered();
        String first = ask("IMO 9074729");
        String said = liaison.isRefused(question("imo-9074729"));
        assertThat(said).contains("MX/UIF").contains(analyst.credential().pseudonym());
        assertThat(said).doesNotContain("C-7");
        assertThat(ask("IMO 9074728")).isNotEqualTo(first);
        String[] again = question("IMO 9074729");
        String[] known = Arrays.copyOf(again, again.length + 1);
        known[again.length] = "--overlap-known";
        assertThat(liaison.does(known)).isNotEqualTo(first);
        assertThat(street.mx.count("select count(*) from proceeding_subject")).isEqualTo(3);
    }

    @Test
    void aSuspensionStopsAnswersAndNoRecall() throws Exception {
        String item = answered();
        String request = ask("IMO 9074728");
        Street.await(
                "the second request is there", () -> phase(street.us, request).equals("asked"));
        street.mx.suspendMemorandum();
        street.rest();
        Path envelope =
                originator.file("second.json", CanonicalJson.text(envelope().toJson()));
        assertThat(originator.isRefused(
                        "answer",
                        request,
                        "--envelope",
                        envelope.toString(),
                        "--legal-basis",
                        "31 U.S.C. 310",
                        "--set",
                        "answer=Nothing more."))
                .isNotBlank();
        assertThat(analyst.isRefused(question("IMO 9074727"))).isNotBlank();
        String recall = recalled(item);
        assertThat(restricted(street.mx)).isOne();
        liaison.does("answer", recall, "--step", "erase", "--set", "erased-on=" + today);
        Street.await("the originator is told", () -> phase(street.us, recall).equals("erased"));
        assertThat(phase(street.us, request)).isEqualTo("asked");
    }

    private String ask(String identifier) throws Exception {
        return analyst.does(question(identifier));
    }

    private String[] question(String identifier) throws Exception {
        Path values = analyst.file(identifier.replaceAll("[^0-9]", "") + ".json", """
                {"urgency": "routine", "facts": "A vessel left on Monday.", "questions": ["Who owns it?"],
                 "subjects": [{"name": "?", "identifier": "%s"}],
                 "foreseen-use": "Intelligence alone", "legal-basis": "Ley"}
                """.formatted(identifier));
        return new String[] {
            "request",
            "--to",
            "US/FINCEN",
            "--case",
            "C-7",
            "--category",
            "company",
            "--legal-basis",
            "Ley, artículo 1",
            "--values",
            values.toString()
        };
    }

    @Test
    void consentTakesTwoOfficersEachWithAnOwnSignature() throws Exception {
        String item = answered();
        Desk second = Desk.of(street.us, Role.LEGAL, folder);
        street.rest();
        String consent = analyst.does(
                "consent",
                "ask",
                "--to",
                "US/FINCEN",
                "--item",
                item,
                "--set",
                "manner=forward",
                "--set",
                "to=MX/FGR",
                "--set",
                "purpose=drug-trafficking",
                "--set",
                "reason=The prosecutor needs it.");
        Street.await("the question is there", () -> phase(street.us, consent).equals("asked"));
        assertThat(originator.isRefused("consent", "give", consent)).contains("give");
        String subject = originator.does(
                "consent", "give", consent, "--with", second.credential().pseudonym(), "--set", "until=" + nextYear);
        assertThat(street.us.count("select count(*) from statement where kind = 'step-taken'"))
                .isOne();
        assertThat(second.does("proceedings", "waiting")).contains(subject);
        second.does("proceedings", "approve", subject);
        Street.await("consent is there", () -> phase(street.mx, consent).equals("given"));
        assertThat(street.mx.count(
                        "select count(*) from item_effect where effect = 'consent' and until = '" + nextYear + "'"))
                .isOne();
        originator.does("consent", "end", consent, "--set", "reason=The case is closed.");
        Street.await("consent is gone", () -> phase(street.mx, consent).equals("ended"));
        assertThat(street.mx.count("select count(*) from item_effect")).isZero();
    }

    /** The statement that hands an item over in answer to a request. */
    private String answered() throws Exception {
        openCase();
        String request = analyst.does(
                "request",
                "--to",
                "US/FINCEN",
                "--case",
                "C-7",
                "--category",
                "company",
                "--legal-basis",
                "Ley, artículo 1",
                "--set",
                "urgency=routine",
                "--set",
                "facts=A company pays for aircraft.",
                "--set",
                "questions=Who owns it?",
                "--set",
                "questions=Since when?",
                "--set",
                "foreseen-use=Intelligence alone",
                "--set",
                "legal-basis=Ley, artículo 1");
        Street.await("the request is opened", () -> street.us.count("select count(*) from proceeding_values") == 1);
        Path envelope =
                originator.file("envelope.json", CanonicalJson.text(envelope().toJson()));
        String answer = originator.does(
                "answer",
                request,
                "--envelope",
                envelope.toString(),
                "--legal-basis",
                "31 U.S.C. 310",
                "--set",
                "answer=It is owned by two others.");
        Street.await(
                "the answer is opened",
                () -> move(liaison, request, answer).required("readable").asBoolean());
        return answer;
    }

    private String recalled(String item) throws Exception {
        String recall = originator.does("recall", "--to", "MX/UIF", "--item", item, "--because", "wrong");
        Street.await(
                "the recall is there",
                () -> street.mx.count("select count(*) from proceeding where form = 'recall'") == 1);
        return recall;
    }

    private void openCase() throws Exception {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("reference", "C-7")
                .put(
                        "memorandum",
                        Memorandum.parseYaml(Files.readString(Understanding.text()))
                                .digest()
                                .hex())
                .put("purpose", DRUGS.code());
        try (OfficerClient client = street.mx.client(analyst.credential())) {
            client.post("/api/cases", facts);
        }
    }

    static Envelope envelope() throws Exception {
        Provenance provenance = new Provenance(
                AuthorityCode.parse("US/FINCEN"),
                new Territory("US"),
                LocalDate.of(2025, 11, 3),
                "31 U.S.C. 5318(g)",
                Optional.empty(),
                Digest.parse("ab".repeat(32)));
        Marking marking = new Marking(
                Optional.of(new Grading(Grading.Source.B, 2)),
                new Handling(Handling.Code.H1, Handling.Audience.AMBER),
                SecrecyRegime.NONE,
                PersonCategory.NOT_A_PERSON);
        return Envelope.of(COMPANY, Set.of(DRUGS), provenance, marking, Period.ofYears(1));
    }

    private static JsonNode move(Desk desk, String proceeding, String statement) {
        try {
            JsonNode whole = CanonicalJson.parse(
                    desk.does("proceedings", "show", proceeding).getBytes(StandardCharsets.UTF_8), 1 << 20);
            for (JsonNode move : whole.required("moves")) {
                if (move.required("statement").asString().equals(statement)) {
                    return move;
                }
            }
            return JsonNodeFactory.instance.objectNode().put("readable", false);
        } catch (Exception refused) {
            throw new AssertionError(refused);
        }
    }

    private static String opening(House house, String form) {
        return house.sql()
                .sql("select encode(opening, 'hex') from proceeding where form = ?")
                .param(form)
                .query(String.class)
                .single();
    }

    private static String phase(House house, String opening) {
        return house.sql()
                .sql("select coalesce(max(phase), '') from proceeding where encode(opening, 'hex') = ?")
                .param(opening)
                .query(String.class)
                .single();
    }

    private static long restricted(House house) {
        return house.count("select count(*) from item_effect where effect = 'restriction'");
    }
}
