package org.entente.node.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.officer.Role;
import org.entente.node.ledger.Statements;
import org.entente.node.officer.Officer;
import org.entente.node.party.LinkStops;
import org.entente.node.trial.PartyOnTrial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of requests and releases of both directions, which this party may keep ten days. */
@Timeout(180)
class BodyLifeTest {
    private static final int DAYS = 10;
    private static final SentDecision SENT = new SentDecision("{}", "{}");

    @TempDir
    Path folder;

    private PartyOnTrial party;

    @BeforeEach
    void start() throws Exception {
        party = PartyOnTrial.start(folder);
    }

    @AfterEach
    void stop() {
        party.close();
    }

    @Test
    void whatCameInGoesOnTheDayAfterItsLastAndIsAttestedOnce() throws Exception {
        BodyReference body = party.arrived(new byte[] {1});
        Statement release = heard(released(Digest.of(new byte[] {1}), body, DAYS));
        toTheDay(DAYS);
        sweep();
        assertThat(here(body)).isTrue();
        assertThat(party.ends().keptUntil(release.id())).contains(LocalDate.of(2026, 3, 20));
        party.pass(Duration.ofDays(1));
        for (int time = 0; time < 2; time++) {
            sweep();
            assertThat(here(body)).isFalse();
            assertThat(attestations())
                    .containsExactly(
                            new Ending.ErasureAttested(List.of(erased(release, Ending.Cause.RETENTION_ENDED, body))));
        }
        assertThat(party.ends().erasures().of(release.id()))
                .hasValueSatisfying(found -> assertThat(found.attestation()).isPresent());
    }

    @Test
    void inACopyThatMayBeOlderNothingGoesForAWhile() throws Exception {
        party.assurance().lose(PartyOnTrial.US);
        BodyReference body = party.arrived(new byte[] {1});
        heard(released(Digest.of(new byte[] {1}), body, DAYS));
        toTheDay(DAYS + 1);
        sweep();
        assertThat(here(body)).isTrue();
        party.pass(Completeness.SILENCE.multipliedBy(5));
        sweep();
        assertThat(here(body)).as("time in which nobody looked was not waited").isTrue();
        for (long look = 2; look < Completeness.SILENCE.dividedBy(Completeness.LOOK); look++) {
            party.pass(Completeness.LOOK);
            sweep();
        }
        assertThat(here(body)).isTrue();
        party.pass(Completeness.LOOK);
        sweep();
        assertThat(here(body))
                .as("a partner that stays away keeps nothing for ever")
                .isFalse();
    }

    @Test
    void afterARestoreNothingGoesUntilSomebodyHasLookedAfterHolds() throws Exception {
        BodyReference body = party.arrived(new byte[] {1});
        Statement release = heard(released(Digest.of(new byte[] {1}), body, DAYS));
        LegalHolds holds = party.ends().holds();
        Officer legal =
                party.officer("uif-legal-1", PartyOnTrial.UIF, Role.LEGAL).officer();
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> holds.lookedAfter("none", legal))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("erasure.nothing-to-review"));
        toTheDay(DAYS + 1);
        LinkStops stops = new LinkStops(party.sql, party.clock);
        stops.restore(PartyOnTrial.US, Problem.of("restore.told"));
        sweep();
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> holds.lookedAfter("none yet", legal))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("erasure.review-too-early"));
        stops.restored(PartyOnTrial.US);
        sweep();
        assertThat(here(body)).isTrue();
        assertThat(holds.unreviewed()).containsExactly("US");
        party.pass(Duration.ofSeconds(1));
        holds.lookedAfter("the court's list was compared", legal);
        assertThat(holds.unreviewed()).isEmpty();
        sweep();
        assertThat(here(body)).isFalse();
        assertThat(party.ends().erasures().of(release.id())).isPresent();
    }

    @Test
    void whatWasAttestedBeforeACopyWasRestoredIsNotAttestedAgain() throws Exception {
        BodyReference body = party.arrived(new byte[] {1});
        Statement release = heard(released(Digest.of(new byte[] {1}), body, DAYS));
        toTheDay(DAYS + 1);
        Ending.ErasureAttested before =
                new Ending.ErasureAttested(List.of(erased(release, Ending.Cause.RETENTION_ENDED, body)));
        Statement said = said(before);
        party.recalled().recall(said, before, List.of());
        assertThat(here(body))
                .as("an older copy of the files does not keep what is attested as gone")
                .isFalse();
        sweep();
        sweep();
        assertThat(attestations()).containsExactly(before);
        assertThat(party.ends().erasures().of(release.id()))
                .hasValueSatisfying(found -> assertThat(found.attestation()).contains(said.id()));
    }

    @Test
    void whatACrashLeftWithoutItsFilesIsStillAttested() throws Exception {
        BodyReference body = party.arrived(new byte[] {1});
        heard(released(Digest.of(new byte[] {1}), body, DAYS));
        toTheDay(DAYS + 1);
        party.bodyFiles().erase(body.ciphertext());
        sweep();
        assertThat(attestations()).hasSize(1);
    }

    @Test
    void whatWeSealedGoesOnceItWasDeliveredAndIsAttestedToNobody() throws Exception {
        BodyReference body = party.sealed(new byte[] {2});
        Statement release = said(released(Digest.of(new byte[] {1}), body, DAYS));
        toTheDay(DAYS + 1);
        sweep();
        assertThat(here(body)).isTrue();
        party.sql
                .sql("update outbox set acknowledged_at = now() where statement = ?")
                .param(release.id().bytes())
                .update();
        sweep();
        assertThat(here(body)).isFalse();
        assertThat(attestations()).isEmpty();
        assertThat(party.ends().erasures().of(release.id()))
                .hasValueSatisfying(found -> assertThat(found.attestation()).isEmpty());
    }

    @Test
    void aRequestLivesAsLongAsTheLastItemThatWasReleasedOnIt() throws Exception {
        BodyReference facts = party.arrived(new byte[] {3});
        Statement request = heard(requested(facts));
        Statement unanswered = heard(requested(party.arrived(new byte[] {4})));
        said(released(request.id(), party.sealed(new byte[] {5}), DAYS));
        said(released(request.id(), party.sealed(new byte[] {6}), 2 * DAYS));
        heard(released(unanswered.id(), party.arrived(new byte[] {7}), 1));
        toTheDay(DAYS + 1);
        sweep();
        assertThat(here(facts)).isTrue();
        party.pass(Duration.ofDays(DAYS));
        sweep();
        assertThat(here(facts)).isFalse();
        assertThat(attestations())
                .contains(new Ending.ErasureAttested(List.of(erased(request, Ending.Cause.REQUEST_OVER, facts))));
        assertThat(party.ends().erasures().of(unanswered.id())).isEmpty();
    }

    @Test
    void aBodyThatTwoStatementsNameGoesWhenBothMay() throws Exception {
        BodyReference body = party.arrived(new byte[] {8});
        heard(released(Digest.of(new byte[] {1}), body, DAYS));
        heard(released(Digest.of(new byte[] {2}), body, 2 * DAYS));
        toTheDay(DAYS + 1);
        sweep();
        assertThat(here(body)).isTrue();
        assertThat(attestations()).isEmpty();
        party.pass(Duration.ofDays(DAYS));
        sweep();
        assertThat(here(body)).isFalse();
        assertThat(attestations()).hasSize(1);
        assertThat(attestations().getFirst().erased()).hasSize(2);
    }

    @Test
    void oneStatementAttestsManyAndWhatIsMoreIsAttestedByAnother() throws Exception {
        BodyReference body = party.arrived(new byte[] {9});
        int many = Ending.ErasureAttested.STATEMENTS_MAX + 10;
        for (int n = 0; n < many; n++) {
            heard(released(Digest.of(new byte[] {(byte) n, (byte) (n >> 8)}), body, DAYS));
        }
        toTheDay(DAYS + 1);
        sweep();
        sweep();
        assertThat(attestations()).extracting(one -> one.erased().size()).containsExactlyInAnyOrder(256, 10);
    }

    @Test
    void whatNoStatementNamesGoesAfterSevenDaysAndWhatIsBroughtAgainAtOnce() throws Exception {
        byte[] content = new byte[] {10};
        BodyReference named = party.arrived(content);
        byte[] file = party.bodyFiles().read(named);
        heard(released(Digest.of(new byte[] {1}), named, DAYS));
        BodyReference orphan = party.arrived(new byte[] {11});
        party.pass(Duration.between(party.clock.instant(), Instant.now()).minusDays(30));
        sweep();
        assertThat(here(named)).isFalse();
        party.bodyFiles().keep(named.ciphertext(), new ByteArrayInputStream(file));
        party.pass(Duration.ofDays(36));
        sweep();
        assertThat(here(named)).isFalse();
        assertThat(here(orphan)).isTrue();
        assertThat(attestations()).hasSize(1);
        party.pass(Duration.ofDays(2));
        sweep();
        assertThat(here(orphan)).isFalse();
    }

    @Test
    void aBodyThatIsGoneWithoutARecordOrHereInSpiteOfOneIsFoundAndNamed() throws Exception {
        BodyReference kept = party.arrived(new byte[] {12});
        BodyReference other = party.arrived(new byte[] {13});
        heard(released(Digest.of(new byte[] {1}), kept, 2 * DAYS));
        heard(released(Digest.of(new byte[] {2}), other, 2 * DAYS));
        BodyReference gone = party.arrived(new byte[] {14});
        byte[] file = party.bodyFiles().read(gone);
        heard(released(Digest.of(new byte[] {3}), gone, DAYS));
        toTheDay(DAYS + 1);
        sweep();
        assertThat(differences()).isEmpty();

        party.bodyFiles().keep(gone.ciphertext(), new ByteArrayInputStream(file));
        assertThat(differences()).containsExactly("check.body-left");
        party.bodyFiles().erase(gone.ciphertext());
        party.sql.sql("update erasure set attestation = null").update();
        assertThat(differences()).containsExactly("check.body-unattested");
        party.sql
                .sql("update erasure set attestation = (select id from statement where kind = 'item-released' limit 1)")
                .update();
        assertThat(differences()).containsExactly("check.body-unattested");
        party.sql
                .sql("update erasure set attestation = (select id from statement where kind = 'erasure-attested')")
                .update();
        assertThat(differences()).isEmpty();

        Path keys = party.spool.resolveSibling("body-keys");
        Path key = keys.resolve(kept.ciphertext().hex() + ".sealed");
        byte[] itsOwn = Files.readAllBytes(key);
        Files.copy(keys.resolve(other.ciphertext().hex() + ".sealed"), key, StandardCopyOption.REPLACE_EXISTING);
        assertThat(party.bodyDifferences())
                .hasSize(1)
                .first()
                .satisfies(problem -> assertThat(problem.arguments())
                        .contains(kept.ciphertext().hex(), "keys.damaged"));
        Files.write(key, itsOwn);
        Files.copy(
                party.spool.resolve(other.ciphertext().hex()),
                party.spool.resolve(kept.ciphertext().hex()),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(party.bodyDifferences())
                .hasSize(1)
                .first()
                .satisfies(problem -> assertThat(problem.arguments())
                        .contains(kept.ciphertext().hex(), "body.at-rest-damaged"));
        Files.delete(key);
        assertThat(differences()).containsExactly("check.body-lost");
    }

    private List<String> differences() throws Exception {
        return party.bodyDifferences().stream().map(Problem::code).toList();
    }

    /** The last moment of so many days after the first. */
    private void toTheDay(int days) {
        party.pass(Duration.ofDays(days).plusHours(13).plusMinutes(59));
    }

    private void sweep() {
        party.bodyLife().sweep();
    }

    private boolean here(BodyReference body) {
        return party.bodyFiles().holds(body.ciphertext());
    }

    private static Ending.ErasureAttested.Erased erased(Statement statement, Ending.Cause why, BodyReference body) {
        return new Ending.ErasureAttested.Erased(statement.id(), why, List.of(body.ciphertext()));
    }

    private List<Ending.ErasureAttested> attestations() {
        return party.statements.ofKind(PartyOnTrial.US, "erasure-attested").stream()
                .filter(Statements.Entry::outgoing)
                .map(entry -> (Ending.ErasureAttested) entry.message())
                .toList();
    }

    private Statement heard(Message message) throws Exception {
        Statement statement =
                party.partner.say(message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant()));
        party.accept(statement, () -> {});
        return statement;
    }

    private Statement said(Message message) {
        return party.voice.say(
                message.draft(PartyOnTrial.UIF, PartyOnTrial.FINCEN, party.clock.instant()),
                message,
                PartyOnTrial.US,
                said -> {});
    }

    private static Handover.ItemReleased released(Digest request, BodyReference body, int days) throws Exception {
        Provenance provenance = new Provenance(
                PartyOnTrial.FINCEN,
                new Territory("US"),
                LocalDate.of(2026, 1, 31),
                "31 CFR 501",
                Optional.empty(),
                Digest.of(new byte[] {1}));
        Marking marking = new Marking(
                Optional.empty(),
                new Handling(Handling.Code.H1, Handling.Audience.CLEAR),
                SecrecyRegime.NONE,
                PersonCategory.NOT_A_PERSON);
        Envelope envelope = Envelope.of(
                new Category("public-list-entry"),
                Set.of(new Purpose("money-laundering")),
                provenance,
                marking,
                Period.ofDays(days));
        return new Handover.ItemReleased(request, envelope, body, List.of(), "AAAA", SENT);
    }

    private static Handover.ItemRequested requested(BodyReference facts) throws Exception {
        return new Handover.ItemRequested(
                new Handover.ItemRequested.Subject(
                        new Category("public-list-entry"),
                        new Purpose("money-laundering"),
                        Digest.of(new byte[] {1}),
                        Handover.Urgency.ROUTINE,
                        new Handover.Hit(Digest.of(new byte[] {2}), 0)),
                facts,
                SENT);
    }
}
