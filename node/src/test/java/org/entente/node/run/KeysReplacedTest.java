package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.card.Trust;
import org.entente.memorandum.officer.Role;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes, of which one after the other replaces all its working keys while their relationship goes on. */
@Timeout(300)
class KeysReplacedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long LOOK_MILLIS = 100;

    @TempDir
    Path folder;

    static void settle(House... houses) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        for (House house : houses) {
            while (!house.isSettled()) {
                assertThat(Instant.now())
                        .as("both logs are cosigned to the last entry")
                        .isBefore(end);
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private static BundleReport verified(byte[] bundle, PartyCard... pins) {
        BundleOutcome outcome = BundleVerification.verify(bundle, PinnedCards.of(List.of(pins)));
        assertThat(outcome).as(outcome.toString()).isInstanceOf(BundleOutcome.Verified.class);
        return ((BundleOutcome.Verified) outcome).found();
    }

    @Test
    void theRelationshipGoesOnUnderNewKeysAndItsWholeEvidenceHolds() throws Exception {
        try (House mx = new House(folder.resolve("mx"), "MX", "UIF");
                House us = new House(folder.resolve("us"), "US", "FINCEN")) {
            mx.pin(us);
            us.pin(mx);
            mx.sign(Understanding.text());
            us.sign(Understanding.text());
            settle(mx, us, mx);
            PartyCard firstMx = mx.card();
            PartyCard firstUs = us.card();
            assertThat(verified(mx.bundle(firstUs.party()), firstMx, firstUs).statements())
                    .hasSizeGreaterThan(5);

            mx.replaceKeys();
            mx.enrol(Role.ANALYST);
            us.enrol(Role.ANALYST);
            settle(mx, us, mx);
            BundleReport report = verified(mx.bundle(firstUs.party()), firstMx, firstUs);
            assertThat(report.parties().getFirst().card()).isEqualTo(mx.card()).isNotEqualTo(firstMx);
            assertThat(report.parties().getFirst().trust()).isEqualTo(Trust.SUCCESSION);
            verified(us.bundle(firstMx.party()), mx.card(), firstUs);

            us.replaceKeys();
            us.enrol(Role.LIAISON);
            mx.enrol(Role.LIAISON);
            settle(mx, us, mx);
            verified(us.bundle(firstMx.party()), firstMx, firstUs);
            verified(mx.bundle(firstUs.party()), mx.card(), us.card());
            mx.replaceKeys();
            settle(mx, us, mx);
            assertThat(mx.card().serial()).isEqualTo(3);
            verified(mx.bundle(firstUs.party()), firstMx, firstUs);
            assertThat(mx.refused() + us.refused()).isZero();
        }
    }
}
