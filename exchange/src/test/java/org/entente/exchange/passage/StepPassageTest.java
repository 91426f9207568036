package org.entente.exchange.passage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.SeededRandom;
import org.entente.exchange.delivery.Parties;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Samples;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Item;
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
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Steps under a form pass the same double decision as every other handing over. */
class StepPassageTest {
    private static final Instant NOON = Parties.NOON;
    private static final SecretKeys NODE = SecretKeys.generate(new SeededRandom(43));
    private static final Approver ANALYST = new Approver(Parties.UIF, "analyst.7", Role.ANALYST);
    private static final Approver LIAISON = new Approver(Parties.FINCEN, "liaison.2", Role.LIAISON);
    private static final Category COMPANY = new Category("company");
    private static final Purpose DRUGS = new Purpose("drug-trafficking");
    private static final Purpose LAUNDERING = new Purpose("money-laundering");
    private static final List<Standing> IN_FORCE = List.of(new Standing.InForce(memorandum(), NOON.minusSeconds(60)));

    private final Samples samples = new Samples(8);
    private final Procedure.Matter matter = new Procedure.Matter(COMPANY, DRUGS, Optional.of(samples.digest()));

    @Test
    void aRequestUnderAFormIsPermittedLikeAnyOther() {
        assertThat(receive(opened(request(DRUGS)), Optional.empty())).isInstanceOf(Passage.Permitted.class);
    }

    @Test
    void aRequestForAnotherPurposeThanItStatesIsTheSendersError() {
        assertThat(receive(opened(request(LAUNDERING)), Optional.empty()))
                .asString()
                .contains("exchange.act-differs[purpose]");
    }

    @Test
    void anAnswerRestsOnTheMatterOfItsOpening() {
        Procedure.ProceedingOpened opened = opened(request(DRUGS));
        Envelope envelope = envelope("US");
        assertThat(answer(opened, envelope, release(envelope, DRUGS))).isInstanceOf(Passage.Permitted.class);
        assertThat(answer(opened, envelope, release(envelope, LAUNDERING)))
                .asString()
                .contains("exchange.act-differs[purpose]");
    }

    @Test
    void anAnswerWithAnotherEnvelopeThanWasDecidedAboutIsTheSendersError() {
        Act decided = release(envelope("US"), DRUGS);
        assertThat(answer(opened(request(DRUGS)), envelope("US-AZ"), decided))
                .asString()
                .contains("exchange.act-differs[envelope]");
    }

    @Test
    void anAnswerToNothingIsNotJudged() {
        Envelope envelope = envelope("US");
        Procedure.StepTaken step = step(envelope, release(envelope, DRUGS));
        assertThat(receive(step, Optional.empty())).isInstanceOf(Passage.NotJudged.class);
        Procedure.ProceedingOpened without = new Procedure.ProceedingOpened(
                new Procedure.Named("recall", 1, "recall"), Optional.empty(), given(), Optional.empty());
        assertThat(receive(step, Optional.of(without))).isInstanceOf(Passage.NotJudged.class);
    }

    private Passage answer(Procedure.ProceedingOpened opened, Envelope envelope, Act act) {
        return receive(step(envelope, act), Optional.of(opened));
    }

    private Procedure.ProceedingOpened opened(Act act) {
        return new Procedure.ProceedingOpened(
                new Procedure.Named("request-for-information", 1, "ask"),
                Optional.of(matter),
                given(),
                Optional.of(sent(act)));
    }

    private Procedure.StepTaken step(Envelope envelope, Act act) {
        return new Procedure.StepTaken(
                samples.digest(),
                Optional.of(samples.digest()),
                new Procedure.Named("request-for-information", 1, "answer"),
                Procedure.Given.of(
                        JsonNodeFactory.instance.objectNode(), Optional.of(samples.body()), Optional.of(envelope)),
                Optional.of(sent(act)));
    }

    private Procedure.Given given() {
        return Procedure.Given.of(
                JsonNodeFactory.instance.objectNode().put("urgency", "urgent"),
                Optional.of(samples.body()),
                Optional.empty());
    }

    private Act request(Purpose purpose) {
        return new Act.Request(
                new Circumstances(Parties.UIF, Parties.FINCEN, purpose, COMPANY, NOON), grounds(ANALYST));
    }

    private Act release(Envelope envelope, Purpose purpose) {
        return new Act.Release(
                new Circumstances(Parties.FINCEN, Parties.UIF, purpose, COMPANY, NOON),
                grounds(LIAISON),
                new Item(envelope, List.of()));
    }

    private Grounds grounds(Approver approver) {
        return Grounds.approvedBy(approver)
                .forCase(matter.caseDigest().orElseThrow().hex(), "Ley, artículo 1");
    }

    private Envelope envelope(String place) {
        Provenance provenance = new Provenance(
                Parties.FINCEN,
                new Territory(place),
                LocalDate.of(2025, 11, 3),
                "31 U.S.C. 5318(g)",
                Optional.empty(),
                samples.digest());
        Marking marking = new Marking(
                Optional.of(new Grading(Grading.Source.B, 2)),
                new Handling(Handling.Code.H1, Handling.Audience.AMBER),
                SecrecyRegime.NONE,
                PersonCategory.NOT_A_PERSON);
        return Envelope.of(COMPANY, new TreeSet<>(Set.of(DRUGS, LAUNDERING)), provenance, marking, Period.ofYears(1));
    }

    private static SentDecision sent(Act act) {
        return SentDecision.of(act, Passage.outgoing(act, IN_FORCE));
    }

    private static Passage receive(Procedure message, Optional<Message> question) {
        boolean opens = message instanceof Procedure.ProceedingOpened;
        AuthorityCode from = opens ? Parties.UIF : Parties.FINCEN;
        AuthorityCode to = opens ? Parties.FINCEN : Parties.UIF;
        Statement statement = Statement.sign(message.draft(from, to, NOON), NODE);
        return Passage.incoming(
                new Passage.Incoming(
                        statement, message, question, new TreeSet<>(Set.of(opens ? ANALYST : LIAISON)), Set.of()),
                new Passage.Here(IN_FORCE, List.of(), UnaryOperator.identity()));
    }

    private static Memorandum memorandum() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("examples/mx-us.yaml");
            if (Files.isRegularFile(file)) {
                try {
                    return Memorandum.parseYaml(Files.readString(file));
                } catch (IOException | Malformed refused) {
                    throw new AssertionError(refused);
                }
            }
        }
        throw new AssertionError("examples/mx-us.yaml is missing");
    }
}
