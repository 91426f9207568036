package org.entente.exchange.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Samples;
import org.junit.jupiter.api.Test;

/** What every inbox does, whatever it is built on. */
abstract class InboxContract {
    private static final Statement SAID = Parties.fromMx(new Samples(1).message(Kind.REFUSED), Parties.NOON);

    /** An inbox with nothing in it. */
    abstract Inbox inbox();

    @Test
    void aStatementHasItsEffectOnce() {
        Inbox inbox = inbox();
        AtomicInteger effects = new AtomicInteger();
        Arrival arrival = Parties.arrival(SAID);
        assertThat(inbox.accept(arrival, effects::incrementAndGet)).isEqualTo(Inbox.Outcome.ACCEPTED);
        assertThat(inbox.accept(arrival, effects::incrementAndGet)).isEqualTo(Inbox.Outcome.ALREADY_KNOWN);
        assertThat(effects).hasValue(1);
        assertThat(inbox.known(Samples.MX, SAID.id())).contains(arrival.bytes());
        assertThat(inbox.known(Samples.US, SAID.id())).isEmpty();
    }

    @Test
    void anEffectThatFailsLeavesNothing() {
        Inbox inbox = inbox();
        Arrival arrival = Parties.arrival(SAID);
        assertThatThrownBy(() -> inbox.accept(arrival, () -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(inbox.known(Samples.MX, SAID.id())).isEmpty();
        assertThat(inbox.accept(arrival, () -> {})).isEqualTo(Inbox.Outcome.ACCEPTED);
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
