package org.entente.node.arrival;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.node.comparison.Probes;
import org.entente.node.ledger.Statements;

/**
 * What an agreement to compare whole lists covers: the probes of the party that proposed it, against the index, category
 * and purpose that were agreed, within a day, and no more elements than a large list has. It is no licence to go on asking.
 */
final class Agreements {
    private static final Duration TERM = Duration.ofDays(1);
    private static final long ELEMENTS_MAX = 1L << 20;

    private final Statements statements;
    private final Probes probes;
    private final Clock clock;

    Agreements(Statements statements, Probes probes, Clock clock) {
        this.statements = statements;
        this.probes = probes;
        this.clock = clock;
    }

    boolean cover(Statement statement, Comparison.ProbeAsked asked, Digest agreement) {
        Optional<Statements.Entry> agreed = statements.find(agreement).filter(Statements.Entry::outgoing);
        if (agreed.isEmpty() || !(agreed.get().message() instanceof Comparison.ReconcileAgreed said)) {
            return false;
        }
        Optional<Statements.Entry> proposal = statements.find(said.asked());
        if (proposal.isEmpty() || !(proposal.get().message() instanceof Comparison.ReconcileAsked proposed)) {
            return false;
        }
        boolean sameParties = proposal.get().statement().from().equals(statement.from())
                && agreed.get().statement().from().equals(statement.to().orElse(null));
        boolean sameMatter = proposed.index().equals(asked.index())
                && proposed.category().equals(asked.category())
                && proposed.purpose().equals(asked.purpose());
        boolean inTime = clock.instant().isBefore(agreed.get().statement().at().plus(TERM));
        long elements = probes.chargedUnder(agreement) + asked.batch().elements();
        return sameParties && sameMatter && inTime && elements <= ELEMENTS_MAX;
    }
}
