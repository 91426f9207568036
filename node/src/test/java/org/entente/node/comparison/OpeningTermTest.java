package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.officer.Role;
import org.entente.node.trial.Inquiry;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What was asked is kept for oversight for two years, and what was never asked for a day. */
@Timeout(180)
class OpeningTermTest {
    @Test
    void openingsAreDestroyedWhenTheirTermIsOver(@TempDir Path folder) throws Exception {
        try (PartyOnTrial party = PartyOnTrial.start(folder)) {
            Signer analyst = party.officer("uif-analyst-1", PartyOnTrial.UIF, Role.ANALYST);
            Signer overseer = party.officer("fgr-oversight-1", PartyOnTrial.FGR, Role.OVERSIGHT);
            Inquiry inquiry = Inquiry.open(party, analyst);
            ObjectNode draft = party.acts().prepare("probe", inquiry.facts(3), analyst.officer());
            Digest subject = Digest.parse(draft.required("subject").asString());
            Digest probe = Digest.parse(party.acts()
                    .approve(
                            subject,
                            Signer.handedIn(analyst.approve("probe", subject, party.clock.instant())),
                            analyst.officer())
                    .required("statement")
                    .asString());
            party.acts().prepare("probe", inquiry.facts(4), analyst.officer());
            assertThat(party.count("probe_opening")).isEqualTo(2);
            party.pass(Duration.ofDays(1));
            party.rounds().go();
            assertThat(party.count("probe_opening")).isEqualTo(1);
            party.pass(Duration.ofDays(728));
            party.received().sweep();
            assertThat(party.probes.find(probe).orElseThrow().details().problem())
                    .as("the epoch is over")
                    .contains("epoch-ended");
            assertThat(party.probes.openings().open(probe, "A sample.", overseer.officer()))
                    .isNotEmpty();
            assertThat(party.count("probe_opened where officer = 'fgr-oversight-1' and reason = 'A sample.'"))
                    .isEqualTo(1);
            party.pass(Duration.ofDays(1));
            assertThatExceptionOfType(Malformed.class)
                    .isThrownBy(() -> party.probes.openings().open(probe, "Too late.", overseer.officer()))
                    .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("comparison.opening-erased"));
            party.rounds().go();
            assertThat(party.count("probe_opening")).isZero();
            assertThat(party.count("probe_opened")).isEqualTo(1);
        }
    }
}
