package org.entente.exchange.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Bilingual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FormsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    static List<Form> forms() {
        return Forms.ofHouse().all();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormCanBeLookedUpAndEnds(Form form) {
        assertThat(Forms.ofHouse().find(form.name(), form.version())).contains(form);
        assertThat(Forms.ofHouse().newest(form.name())).isPresent();
        assertThat(form.phases().values()).anyMatch(Phase::over);
        assertThat(form.opening().by()).isEqualTo(Side.OPENER);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whoeverOwesSomethingHasATimer(Form form) {
        for (Phase phase : form.phases().values()) {
            boolean timed =
                    form.timers().stream().anyMatch(timer -> timer.runs().contains(phase.name()));
            assertThat(timed).as(form.name() + " " + phase.name()).isEqualTo(!phase.over());
        }
    }

    /** Each spoils the form of a request in one place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'form': 'request-for-information' | 'form': 'Request' | form.name-malformed",
                "'version': 1 | 'version': 0 | json.integer-expected",
                "'to': 'interim', | 'to': 'limbo', | form.phase-unknown",
                "'by': 'opener', 'to': 'asked' | 'by': 'opener', 'from': ['asked'], 'to': 'asked' | form.opening-not-one",
                "'by': 'opener', 'to': 'asked' | 'by': 'counterpart', 'to': 'asked' | form.opening-not-one",
                "'answered': {'title' | 'forgotten': {'title': {'en': 'a', 'es': 'b'}}, 'answered': {'title' | form.phase-never-reached",
                "'owes': 'opener', 'what' | 'owes': 'counterpart', 'what' | form.phase-without-way-on",
                "'runs': ['questioned'] | 'runs': ['asked'] | form.timer-of-the-other-side",
                "'runs': ['asked', 'acknowledged'], 'rests': ['questioned'] | 'runs': ['asked', 'acknowledged'], 'rests': ['asked'] | form.timer-of-the-other-side",
                "'urgent': 'PT8H' | 'at-once': 'PT8H' | form.timer-field-missing",
                "'within': {'otherwise': '30 working days'} | 'within': {'agreed': 'answer'} | form.timer-without-term",
                "'approve': ['liaison'], 'act': 'release' | 'approve': ['analyst'], 'act': 'release' | form.role-approves-nothing",
                "'approve': ['analyst', 'liaison'], 'act' | 'approve': ['oversight'], 'act' | form.role-approves-nothing",
                "'type': 'ground' | 'type': 'opinion' | memorandum.word.unknown",
                "'prevails': true | 'prevails': 1 | form.yes-or-no-expected",
                "'about': { | 'extra': 1, 'about': { | json.member-unknown",
                "'en': 'Answered in part' | 'en': ' ' | json.line-refused",
                "'identifier': {'type': 'line' | 'identifier': {'type': 'rows' | form.rows-in-rows"
            })
    void whatIsNoFormIsRefused(String right, String wrong, String code) throws Exception {
        String whole = text("request-for-information");
        String from = right.replace('\'', '"');
        assertThat(whole).contains(from);
        String spoilt = whole.replaceFirst(java.util.regex.Pattern.quote(from), wrong.replace('\'', '"'));
        assertThatThrownBy(() -> Forms.read(json(spoilt)))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    @Test
    void openFieldsStandInTheStatementAndAllOthersAreSealed() throws Exception {
        Filled filled = Filled.in(ask(), asked(), TODAY);
        assertThat(filled.open().propertyNames()).containsExactlyInAnyOrder("urgency", "end-users");
        assertThat(filled.sealed().propertyNames())
                .containsExactlyInAnyOrder("facts", "questions", "subjects", "foreseen-use", "legal-basis");
        assertThat(filled.doubts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "urgency | 'at leisure' | form.field-choice",
                "facts | 7 | form.field-text",
                "facts | ' ' | form.field-text",
                "questions | 'one' | form.field-list",
                "questions | [] | form.field-list",
                "end-users | ['the police'] | form.field-authority",
                "subjects | ['Juan'] | form.field-row",
                "subjects | [{'part':'driver'}] | form.field-missing",
                "subjects | [{'name':'Juan','age':'44'}] | form.field-unknown",
                "legal-basis | 'two\\nlines' | form.field-line",
                "colour | 'blue' | form.field-unknown"
            })
    void whatDoesNotFitTheFieldIsRefusedAndStillShownWhenAPartnerSaysIt(String field, String value, String code)
            throws Exception {
        ObjectNode values = asked();
        values.set(field, json(value.replace('\'', '"')));
        assertThatThrownBy(() -> Filled.in(ask(), values, TODAY))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
        Filled received = Filled.received(ask(), JsonNodeFactory.instance.objectNode(), values, TODAY);
        assertThat(received.sealed()).isEqualTo(values);
        assertThat(received.doubts()).extracting(Problem::code).contains(code);
    }

    @Test
    void whatIsMissingIsSaid() {
        ObjectNode values = asked();
        values.remove("facts");
        assertThatThrownBy(() -> Filled.in(ask(), values, TODAY)).hasMessageContaining("form.field-missing[facts]");
    }

    @ParameterizedTest
    @CsvSource({
        "cas, 54-04-6, true", // mescaline
        "cas, 90-82-4, true", // pseudoephedrine
        "cas, 79099-07-3, true", // N-tert-butoxycarbonyl-4-piperidone, a precursor of fentanyl
        "cas, 90-82-5, false",
        "cas, 9082-4, false",
        "hs, 2939.42, true",
        "hs, 293942, true",
        "hs, 29, true",
        "hs, 29394, false"
    })
    void aMistypedCodeOfTradeIsDoubtedAndPassedOn(String type, String value, boolean right) throws Exception {
        Field.Holds code = new Field.Holds(Word.parse(Field.Type.class, type), false, List.of(), List.of());
        Field asField = new Field("code", new Bilingual("a", "b"), code, true, false, false);
        assertThat(Values.fault("code", asField, json("\"" + value + "\""), TODAY))
                .isEmpty();
        assertThat(Values.doubt("code", asField, json("\"" + value + "\"")).isEmpty())
                .isEqualTo(right);
    }

    @Test
    void twoQuestionsAreAboutTheSameHoweverItIsWritten() throws Exception {
        ObjectNode other = asked();
        ObjectNode subject = (ObjectNode) other.withArray("subjects").get(0);
        subject.put("name", "BUQUE de Ejémplo.").put("identifier", "imo-9074729");
        assertThat(Subjects.of(ask(), asked())).hasSize(2).isEqualTo(Subjects.of(ask(), other));
        subject.put("identifier", "IMO 9074728");
        assertThat(Subjects.of(ask(), asked())).isNotEqualTo(Subjects.of(ask(), other));
        subject.put("name", "?!").put("identifier", "12");
        assertThat(Subjects.of(ask(), other)).as("too little to tell anything").isEmpty();
        other.put("subjects", "not a list");
        assertThat(Subjects.of(ask(), other)).isEmpty();
    }

    private static Step ask() {
        return Forms.ofHouse().newest("request-for-information").orElseThrow().opening();
    }

    private static ObjectNode asked() {
        return (ObjectNode) json("""
                {"urgency": "urgent", "facts": "A vessel left on Monday.", "questions": ["Who owns it?"],
                 "subjects": [{"name": "Buque de ejemplo", "identifier": "IMO 9074729"}],
                 "foreseen-use": "intelligence", "end-users": ["MX/FGR"], "legal-basis": "Artículo 1"}
                """);
    }

    private static String text(String name) throws Exception {
        try (InputStream stream = Forms.class.getResourceAsStream(name + ".json")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static tools.jackson.databind.JsonNode json(String text) {
        try {
            return CanonicalJson.parse(text.getBytes(StandardCharsets.UTF_8), Forms.BYTES_MAX);
        } catch (Malformed malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
