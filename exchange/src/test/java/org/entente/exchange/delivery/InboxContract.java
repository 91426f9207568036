package org.entente.exchange.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Samples;
import org.junit.jupiter.api.Test;

/** What every inbox does, whatever it is built on. */
public abstract class InboxContract {
    private static final Message MESSAGE = new Samples(1).message(Kind.REFUSED);
    private static final Statement SAID = Parties.fromMx(MESSAGE, Parties.NOON);

    /** An inbox with nothing in it. */
    protected abstract Inbox inbox();

    @Test
    void aStatementHasItsEffectOnce() {
        Inbox inbox = inbox();
        AtomicInteger effects = new AtomicInteger();
        Arrival arrival = Parties.arrival(SAID);
        assertThat(inbox.accept(arrival, MESSAGE, effects::incrementAndGet)).isEqualTo(Inbox.Outcome.ACCEPTED);
        assertThat(inbox.accept(arrival, MESSAGE, effects::incrementAndGet)).isEqualTo(Inbox.Outcome.ALREADY_KNOWN);
        assertThat(effects).hasValue(1);
        assertThat(inbox.known(Samples.MX, SAID.id())).contains(arrival.bytes());
        assertThat(inbox.known(Samples.US, SAID.id())).isEmpty();
    }

    @Test
    void ofManyAtOnceOneHasTheEffect() throws Exception {
        Inbox inbox = inbox();
        AtomicInteger effects = new AtomicInteger();
        Arrival arrival = Parties.arrival(SAID);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Inbox.Outcome>> calls =
                    Collections.nCopies(8, () -> inbox.accept(arrival, MESSAGE, effects::incrementAndGet));
            int accepted = 0;
            for (Future<Inbox.Outcome> outcome : threads.invokeAll(calls)) {
                accepted += outcome.get() == Inbox.Outcome.ACCEPTED ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }
        assertThat(effects).hasValue(1);
    }

    @Test
    void anEffectThatFailsLeavesNothing() {
        Inbox inbox = inbox();
        Arrival arrival = Parties.arrival(SAID);
        assertThatThrownBy(() -> inbox.accept(arrival, MESSAGE, () -> {
                    throw new IllegalStateException("cannot be");
                }))
                .isInstanceOf(Inbox.Stumbled.class)
                .hasRootCauseMessage("cannot be");
        assertThat(inbox.known(Samples.MX, SAID.id())).isEmpty();
        assertThat(inbox.accept(arrival, MESSAGE, () -> {})).isEqualTo(Inbox.Outcome.ACCEPTED);
    }

    @Test
    void evidenceIsKeptOnceAndNotTakenForAccepted() {
        Inbox inbox = inbox();
        Arrival arrival = Parties.arrival(SAID);
        Problem problem = Problem.of("exchange.other-bytes");
        inbox.keepAsEvidence(arrival, problem);
        inbox.keepAsEvidence(arrival, problem);
        assertThat(inbox.kept(Samples.MX))
                .containsExactly(new Inbox.Kept(Samples.MX, SAID.id(), arrival.bytes(), problem));
        assertThat(inbox.known(Samples.MX, SAID.id())).isEmpty();
    }
}
