package org.entente.exchange.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.witness.Submission;
import org.junit.jupiter.api.Test;

class ErrandsTest {
    private static final Instant BEGIN = Instant.parse("2026-03-10T10:00:00Z");
    private static final Cosigner PARTNER = Cosigner.of(
            "witness.example", Ed25519SecretKey.generate(new SecureRandom()).publicKey());

    private static final Errands.Situation UNSHOWN = new Here(Optional.of(0L), List.of());
    private static final Errands.Situation WAITING = new Here(Optional.empty(), List.of(Digest.of(new byte[] {1})));

    /** A link that goes on, a head of the log that the partner has not cosigned, and what waits; there is nothing to read. */
    private record Here(Optional<Long> unshownFrom, List<Digest> statements) implements Errands.Situation {
        @Override
        public boolean isAssured() {
            return true;
        }

        @Override
        public boolean mayAsk() {
            return true;
        }

        @Override
        public boolean goesOn() {
            return true;
        }

        @Override
        public List<Digest> waiting(int most) {
            return statements;
        }

        @Override
        public boolean mayRead() {
            return false;
        }
    }

    @Test
    void aHeadThatThePartnerCannotJudgeIsShownEverMoreRarelyUntilItCalls() {
        Errands errands = new Errands(RetryRule.USUAL, new Random(1));
        int shown = 0;
        Instant now = BEGIN;
        while (now.isBefore(BEGIN.plus(Duration.ofDays(1)))) {
            if (errands.next(UNSHOWN, now) instanceof Errands.Rest rest) {
                now = rest.until().orElseThrow();
            } else {
                shown++;
                errands.shown(Optional.of(new Submission.Refused(403)), PARTNER, now);
            }
        }
        assertThat(shown).isBetween(288, 600);
        assertThat(errands.next(UNSHOWN, now.minusSeconds(1))).isInstanceOf(Errands.Rest.class);
        errands.partnerCalled(now);
        assertThat(errands.next(UNSHOWN, now)).isEqualTo(new Errands.Show(0));
    }

    @Test
    void whatIsNotAnsweredGoesAgainAtOnceWhenThePartnerCallsAtThatVeryMoment() {
        Errands errands = new Errands(RetryRule.USUAL, new Random(1));
        Errands.Deliver first = (Errands.Deliver) errands.next(WAITING, BEGIN);
        errands.delivered(first.attempt(), Optional.empty(), BEGIN);
        errands.partnerCalled(BEGIN);
        assertThat(errands.next(WAITING, BEGIN)).isInstanceOf(Errands.Deliver.class);
    }
}
