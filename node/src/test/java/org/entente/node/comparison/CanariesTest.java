package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.matching.index.IndexEvaluation;
import org.entente.matching.index.Label;
import org.entente.matching.index.LeafOpening;
import org.entente.matching.index.OwnIndex;
import org.entente.matching.oprf.EpochKey;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.NothingHere;
import org.entente.node.canary.Canary;
import org.entente.node.canary.CanaryAlarms;
import org.entente.node.holding.Loads;
import org.entente.node.trial.Companies;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Canaries among the entries of sixty companies, of which the memorandum wants fifty in an index. */
@Timeout(180)
class CanariesTest {
    @TempDir
    Path folder;

    private PartyOnTrial party;
    private Signer legal;
    private Signer liaison;

    @BeforeEach
    void start() throws Exception {
        party = PartyOnTrial.start(folder);
        legal = party.officer("uif-legal-1", PartyOnTrial.UIF, Role.LEGAL);
        liaison = party.officer("uif-liaison-1", PartyOnTrial.UIF, Role.LIAISON);
    }

    @AfterEach
    void stop() {
        party.close();
    }

    @Test
    void aPlantedCanaryStandsInTheIndexAloneAndOpens() throws Exception {
        load(60, "");
        List<Canary> planted = plant(IdentifierType.RFC, 3);
        plant(IdentifierType.WALLET, 1);
        Indices.Announced whole = announced();
        OwnIndex index = party.shelf.own(whole.facts().root());
        assertThat(index.identifiers()).isEqualTo(64);
        Set<Label> ordinary = new HashSet<>();
        for (int n = 0; n < 60; n++) {
            byte[] output = output(
                    whole,
                    IdentifierType.RFC.read(Companies.rfc(n)).identifier().orElseThrow());
            ordinary.add(index.index()
                    .label(index.index().find(output, 0).orElseThrow(), output, 0)
                    .orElseThrow());
        }
        for (Canary canary : planted) {
            byte[] output = output(whole, canary.identifier());
            long position = index.index().find(output, 0).orElseThrow();
            assertThat(index.recordIds(position)).containsExactly(canary.record());
            LeafOpening opening =
                    LeafOpening.decode(index.open(position).bytes()).orElseThrow();
            assertThat(opening.verify(index.index(), position))
                    .isEqualTo(new LeafOpening.Check.Opened(List.of(canary.record())));
            Label label = index.index().label(position, output, 0).orElseThrow();
            assertThat(ordinary).anySatisfy(one -> {
                assertThat(label.listStatus()).isEqualTo(one.listStatus());
                assertThat(label.daysSince1970()).isEqualTo(one.daysSince1970());
            });
            assertThat(label.checkDigitFailed()).isFalse();
            assertThat(party.holdings.ofRecords(PartyOnTrial.UIF, List.of(canary.record())))
                    .isEmpty();
            assertThat(canary.toString()).doesNotContain(canary.identifier().value());
        }
    }

    @Test
    void canariesDoNotMakeUpForTheMinimum() throws Exception {
        load(49, "");
        plant(IdentifierType.RFC, 5);
        assertThatExceptionOfType(Malformed.class).isThrownBy(this::announced).satisfies(refused -> {
            assertThat(refused.problem().code()).isEqualTo("matching.build.below-minimum");
            assertThat(refused.problem().arguments()).containsExactly("49", "50");
        });
    }

    @Test
    void whatIsPlantedAndWithdrawnLaterStandsInTheGenerations() throws Exception {
        load(60, "");
        Indices.Announced whole = announced();
        Canary canary = plant(IdentifierType.CURP, 1).getFirst();
        OwnIndex first = changes(whole);
        byte[] output = output(whole, canary.identifier());
        OptionalLong position = first.index().find(output, 0);
        assertThat(first.recordIds(position.orElseThrow())).containsExactly(canary.record());
        assertThat(changes(whole).index().find(output, 0)).isEmpty();
        Signer stranger = party.officer("fgr-legal-1", PartyOnTrial.FGR, Role.LEGAL);
        assertThatExceptionOfType(NothingHere.class)
                .isThrownBy(() -> party.canaries.withdraw(stranger.officer(), canary.number()));
        party.canaries.withdraw(legal.officer(), canary.number());
        party.canaries.withdraw(legal.officer(), canary.number());
        OwnIndex third = changes(whole);
        assertThat(third.index().find(output, 0)).isEmpty();
        assertThat(third.index().removes(output, 0)).isTrue();
        assertThat(party.canaries.standing(PartyOnTrial.UIF, Questions.COMPANY)).isEmpty();
        assertThat(why(canary)).isEqualTo(Canary.Why.OFFICER);
    }

    @Test
    void aLoadThatBringsItsNumberWithdrawsACanaryAndThatIsSaid() throws Exception {
        load(60, "");
        Canary canary = plant(IdentifierType.RFC, 1).getFirst();
        Indices.Announced whole = announced();
        load(60, canary.identifier().value() + ",Somebody after all\n");
        OwnIndex first = changes(whole);
        assertThat(why(canary)).isEqualTo(Canary.Why.HELD);
        byte[] output = output(whole, canary.identifier());
        first.index()
                .find(output, 0)
                .ifPresentOrElse(
                        position ->
                                assertThat(records(first, position)).allMatch(record -> record.startsWith("record-")),
                        () -> assertThat(removes(first, output)).isTrue());
        Indices.Announced anew = announced();
        OwnIndex next = party.shelf.own(anew.facts().root());
        long position = next.index().find(output(anew, canary.identifier()), 0).orElseThrow();
        assertThat(next.recordIds(position)).hasSize(1).allMatch(record -> record.startsWith("record-"));
    }

    @Test
    void anAlarmIsRaisedOnceForEachStatementAndOnlyForItsHolder() throws Exception {
        load(60, "");
        Canary canary = plant(IdentifierType.VIN, 1).getFirst();
        Digest statement = announced().statement();
        CanaryAlarms alarms = new CanaryAlarms(party.sql, party.clock);
        alarms.raise(PartyOnTrial.FGR, PartyOnTrial.FINCEN, statement, List.of(canary.record()));
        alarms.raise(PartyOnTrial.UIF, PartyOnTrial.FINCEN, statement, List.of("record-" + canary.number()));
        assertThat(alarms.newest()).isEmpty();
        for (int time = 0; time < 2; time++) {
            alarms.raise(PartyOnTrial.UIF, PartyOnTrial.FINCEN, statement, List.of(canary.record()));
            assertThat(alarms.newest()).hasSize(1);
        }
        assertThat(alarms.newest().getFirst().canary()).isEqualTo(canary.number());
    }

    private Canary.Why why(Canary canary) {
        return party.canaries.all().stream()
                .filter(one -> one.number() == canary.number())
                .findFirst()
                .flatMap(one -> one.life().withdrawn())
                .orElseThrow()
                .why();
    }

    private static List<String> records(OwnIndex index, long position) {
        try {
            return index.recordIds(position);
        } catch (org.entente.matching.index.DamagedIndex e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean removes(OwnIndex index, byte[] output) {
        try {
            return index.index().removes(output, 0);
        } catch (org.entente.matching.index.DamagedIndex e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Canary> plant(IdentifierType type, int count) throws Malformed {
        List<Canary> planted = party.canaries.plant(legal.officer(), Questions.COMPANY, type, count);
        assertThat(planted).hasSize(count);
        return planted;
    }

    private byte[] output(Indices.Announced whole, org.entente.holdings.identifier.Identifier identifier)
            throws Exception {
        EpochKey key = party.shelf.key(whole.facts().root());
        byte[] output = IndexEvaluation.by(key).outputs(List.of(ProbeAct.input(identifier)));
        key.destroy();
        return output;
    }

    private Indices.Announced announced() throws Exception {
        return said(JsonNodeFactory.instance
                .objectNode()
                .put("partner", PartyOnTrial.FINCEN.text())
                .put("memorandum", party.memorandum.digest().hex())
                .put("category", Questions.COMPANY.code())
                .put("purpose", Questions.PURPOSE.code()));
    }

    private OwnIndex changes(Indices.Announced whole) throws Exception {
        Indices.Announced generation = said(JsonNodeFactory.instance
                .objectNode()
                .put("changesOf", whole.statement().hex()));
        return party.shelf.own(generation.facts().root());
    }

    private Indices.Announced said(ObjectNode facts) throws Exception {
        party.pass(Duration.ofSeconds(1));
        ObjectNode draft = party.acts().prepare("index", facts, liaison.officer());
        Digest subject = Digest.parse(draft.required("subject").asString());
        ObjectNode said = party.acts()
                .approve(
                        subject,
                        Signer.handedIn(liaison.approve("index", subject, party.clock.instant())),
                        liaison.officer());
        return party.indices
                .find(Digest.parse(said.required("statement").asString()))
                .orElseThrow();
    }

    private void load(int companies, String more) throws Exception {
        party.pass(Duration.ofSeconds(1));
        party.loads.load(
                new Loads.Order(
                        new ListFormat.Csv("rfc", IdentifierType.RFC),
                        PartyOnTrial.UIF,
                        PartyOnTrial.UIF,
                        Optional.of(Place.parse("MX")),
                        List.of(Questions.PURPOSE)),
                new ByteArrayInputStream((Companies.csv(companies) + more).getBytes(StandardCharsets.UTF_8)),
                "uif-analyst-1");
    }
}
