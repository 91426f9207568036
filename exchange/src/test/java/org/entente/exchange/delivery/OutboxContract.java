package org.entente.exchange.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.exchange.message.Samples;
import org.junit.jupiter.api.Test;

/** What every outbox does, whatever it is built on. */
public abstract class OutboxContract {
    private final Samples samples = new Samples(5);

    /** An outbox with nothing in it. */
    protected abstract Outbox outbox();

    /** Called before a row is appended, for an outbox that finds the bytes of its rows elsewhere. */
    protected void stored(Outbox.Row row) {}

    private void append(Outbox outbox, Digest... ids) {
        List<Outbox.Row> rows = Stream.of(ids).map(OutboxContract::row).toList();
        rows.forEach(this::stored);
        outbox.append(rows);
    }

    @Test
    void rowsLeaveInTheOrderInWhichTheyCame() {
        Outbox outbox = outbox();
        List<Digest> ids = List.of(samples.digest(), samples.digest(), samples.digest());
        ids.forEach(id -> append(outbox, id));
        assertThat(outbox.head(Samples.US, 2))
                .extracting(Outbox.Row::statement)
                .containsExactlyElementsOf(ids.subList(0, 2));
        outbox.acknowledge(Samples.US, ids.get(0));
        assertThat(outbox.head(Samples.US, 9))
                .extracting(Outbox.Row::statement)
                .containsExactlyElementsOf(ids.subList(1, 3));
        assertThat(outbox.waiting(Samples.US)).isEqualTo(2);
    }

    @Test
    void whatIsAppendedAtOnceKeepsItsOrder() {
        Outbox outbox = outbox();
        Digest[] ids = Stream.generate(samples::digest).limit(40).toArray(Digest[]::new);
        append(outbox, ids);
        append(outbox);
        assertThat(outbox.head(Samples.US, 99))
                .extracting(Outbox.Row::statement)
                .containsExactly(ids);
    }

    @Test
    void bytesComeBackUnchanged() {
        Outbox outbox = outbox();
        append(outbox, samples.digest());
        assertThat(outbox.head(Samples.US, 1).getFirst().bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void partnersDoNotSeeEachOther() {
        Outbox outbox = outbox();
        append(outbox, samples.digest());
        assertThat(outbox.head(Samples.MX, 9)).isEmpty();
        assertThat(outbox.waiting(Samples.MX)).isZero();
    }

    @Test
    void acknowledgingTwiceIsAcknowledgingOnce() {
        Outbox outbox = outbox();
        Digest id = samples.digest();
        append(outbox, id);
        outbox.acknowledge(Samples.US, id);
        outbox.acknowledge(Samples.US, id);
        assertThat(outbox.waiting(Samples.US)).isZero();
    }

    @Test
    void whatIsSetAsideIsSeenAndNeverSentAgain() {
        Outbox outbox = outbox();
        Digest poison = samples.digest();
        Digest next = samples.digest();
        append(outbox, poison);
        append(outbox, next);
        Outbox.SetAside refused = new Outbox.SetAside(Samples.US, poison, Problem.of("exchange.expired"));
        outbox.setAside(refused);
        outbox.setAside(refused);
        assertThat(outbox.head(Samples.US, 9)).extracting(Outbox.Row::statement).containsExactly(next);
        assertThat(outbox.setAside(Samples.US)).containsExactly(refused);
    }

    private static Outbox.Row row(Digest id) {
        return new Outbox.Row(Samples.US, id, new byte[] {1, 2, 3});
    }
}
