package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.entente.evidence.canonical.Digest;
import org.entente.memorandum.officer.Role;
import org.entente.node.keys.NodeKeys.Renewed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes, of which one replaces its keys, one kind after the other, while the other goes on speaking. */
@Timeout(400)
class EveryKeyReplacedTest {
    private static final long BETWEEN_WORDS_MILLIS = 250;

    @TempDir
    Path folder;

    private static void awaitShown(House house, Digest pin) throws Exception {
        for (int looks = 0; !house.shownOnTheLink().equals(pin); looks++) {
            assertThat(looks).as("the new certificate is shown").isLessThan(300);
            TimeUnit.MILLISECONDS.sleep(BETWEEN_WORDS_MILLIS);
        }
    }

    private static long talk(House house, CountDownLatch over) throws Exception {
        long said = 0;
        while (!over.await(BETWEEN_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
            house.enrol(Role.ANALYST);
            said++;
        }
        return said;
    }

    @Test
    void nothingIsLostAndNothingRefused() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Street street = Street.of(folder)) {
            street.rest();
            FutureTask<Long> talking = new FutureTask<>(() -> talk(street.us, over));
            Thread.ofPlatform().start(talking);
            Digest first = street.mx.shownOnTheLink();

            street.mx.replace(Set.of(Renewed.LINK));
            List<Digest> both = street.mx.card().content().tlsPins();
            assertThat(both).hasSize(2).first().isEqualTo(first);
            street.mx.enrol(Role.LIAISON);
            awaitShown(street.mx, both.getLast());
            street.mx.enrol(Role.LIAISON);

            String recipient =
                    street.mx.card().content().authorities().getFirst().bodyRecipient();
            for (Renewed kind : List.of(Renewed.STATEMENT, Renewed.LOG, Renewed.COSIGNING, Renewed.BODY)) {
                street.mx.replace(Set.of(kind));
                street.mx.enrol(Role.LEGAL);
                assertThat(street.mx.card().content().tlsPins()).containsExactly(both.getLast());
            }
            assertThat(street.mx.card().content().authorities().getFirst().bodyRecipient())
                    .isNotEqualTo(recipient);
            over.countDown();
            assertThat(talking.get()).isGreaterThan(10);

            street.rest();
            assertThat(street.mx.refused() + street.us.refused()).isZero();
            assertThat(street.mx.differences()).isEmpty();
            assertThat(street.us.differences()).isEmpty();
            assertThat(street.us.count("select count(*) from statement where kind = 'officer-appointed' and outgoing"))
                    .isGreaterThanOrEqualTo(talking.get());
            assertThat(street.mx.count(
                            "select count(*) from statement where kind = 'officer-appointed' and not outgoing"))
                    .isEqualTo(street.us.count(
                            "select count(*) from statement where kind = 'officer-appointed' and outgoing"));
            assertThat(street.us.count("select count(*) from key_revocation where key_use = 'link'"))
                    .as("the old certificate was taken back with the card that dropped it")
                    .isPositive();
        }
    }

    /** A partner that is away does not know the new certificate, so it is not shown. */
    @Test
    void theOldCertificateIsShownUntilThePartnerKnowsTheNewOne() throws Exception {
        try (Street street = Street.of(folder)) {
            street.rest();
            Digest first = street.mx.shownOnTheLink();
            street.us.stopNode();
            street.mx.replace(Set.of(Renewed.LINK));
            TimeUnit.SECONDS.sleep(12);
            assertThat(street.mx.shownOnTheLink()).isEqualTo(first);
            street.us.startNode();
            awaitShown(street.mx, street.mx.card().content().tlsPins().getLast());
            street.rest();
            assertThat(street.mx.refused() + street.us.refused()).isZero();
        }
    }
}
