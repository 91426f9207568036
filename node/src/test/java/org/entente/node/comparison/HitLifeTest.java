package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.UUID;
import org.entente.evidence.canonical.Digest;
import org.entente.memorandum.officer.Role;
import org.entente.node.trial.Inquiry;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A probe of ours with two hits, one of which was requested. */
@Timeout(180)
class HitLifeTest {
    private static final Duration HIT_LIFE = Duration.ofDays(90);

    @TempDir
    Path folder;

    private PartyOnTrial party;
    private Digest probe;

    @BeforeEach
    void start() throws Exception {
        party = PartyOnTrial.start(folder);
        Signer analyst = party.officer("uif-analyst-1", PartyOnTrial.UIF, Role.ANALYST);
        ObjectNode draft =
                party.acts().prepare("probe", Inquiry.open(party, analyst).facts(3), analyst.officer());
        Digest subject = Digest.parse(draft.required("subject").asString());
        probe = Digest.parse(party.acts()
                .approve(
                        subject,
                        Signer.handedIn(analyst.approve("probe", subject, party.clock.instant())),
                        analyst.officer())
                .required("statement")
                .asString());
    }

    @AfterEach
    void stop() {
        party.close();
    }

    @Test
    void aHitIsErasedWhenItsTimeHasComeAndOnlyThatRemains() {
        hit();
        hit();
        party.pass(HIT_LIFE.minusSeconds(1));
        sweep();
        assertThat(party.probes.hits(probe)).hasSize(2);
        party.pass(Duration.ofSeconds(1));
        for (int time = 0; time < 2; time++) {
            sweep();
            assertThat(party.probes.hits(probe)).isEmpty();
            assertThat(party.probes.erased(probe)).isEqualTo(2);
            assertThat(party.count("erasure")).isEqualTo(1);
        }
    }

    @Test
    void aRequestKeepsItsHitNinetyDaysAndThenWhatWasWrittenGoesToo() {
        UUID requested = hit();
        party.pass(HIT_LIFE.minusDays(1));
        party.sql.sql("""
                        insert into request (statement, own, authority, hit, case_file, facts)
                        select statement, true, authority, ?, case_file, 'who it may be' from probe where statement = ?""").params(requested, probe.bytes()).update();
        party.sql
                .sql("update statement set recorded_at = ? where id = ?")
                .params(Timestamp.from(party.clock.instant()), probe.bytes())
                .update();
        party.pass(HitLife.REQUEST_LIFE.minusSeconds(1));
        sweep();
        assertThat(party.probes.hit(requested, PartyOnTrial.UIF)).isPresent();
        party.pass(Duration.ofSeconds(1));
        sweep();
        assertThat(party.probes.hit(requested, PartyOnTrial.UIF)).isEmpty();
        assertThat(party.count("request where hit is null and facts is null")).isEqualTo(1);
    }

    private UUID hit() {
        UUID id = UUID.randomUUID();
        party.sql
                .sql("""
                        insert into hit (id, probe, type, value, index, position, category, status, status_at, cleared,
                            flagged, erase_at)
                        select ?, statement, 'rfc', 'TSA000101AA1', index, 0, 'company', '', '2026-01-01', false, false, ?
                        from probe where statement = ?""")
                .params(id, Timestamp.from(party.clock.instant().plus(HIT_LIFE)), probe.bytes())
                .update();
        return id;
    }

    private void sweep() {
        new HitLife(party.sql, party.transactions, party.clock).sweep();
    }
}
