package org.entente.node.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Reply;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.party.Assurance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Erases the copies of partners' indices when their epochs are over, and attests it. What was asked before the end may still be answered: the copy waits for
 * that a day, and then no longer. A hit is kept, and what it opens is checked against the announced root, for which no copy is needed.
 */
public final class ReceivedIndices {
    static final Duration LAST_ANSWERS = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReceivedIndices.class);

    private final Indices indices;
    private final Probes probes;
    private final OwnEpochs.Copies copies;
    private final Statements statements;
    private final Speaking speaking;
    private final Clock clock;

    /** How the erasure is attested, and to whom it may be: in an older copy, it may have been attested already. */
    public record Speaking(Voice voice, TransactionOperations transactions, Assurance assurance) {}

    public ReceivedIndices(
            Indices indices,
            Probes probes,
            OwnEpochs.Copies copies,
            Statements statements,
            Speaking speaking,
            Clock clock) {
        this.indices = indices;
        this.probes = probes;
        this.copies = copies;
        this.statements = statements;
        this.speaking = speaking;
        this.clock = clock;
    }

    /** Erases what is over; may be called at any time, and again after a crash. */
    public void sweep() {
        for (Indices.Announced index : indices.outlived()) {
            try {
                if (!awaitsAnswers(index)) {
                    erase(index);
                }
            } catch (IOException | RuntimeException e) {
                LOG.error("index {} cannot be erased yet; it is tried again", index.statement(), e);
            }
        }
    }

    private boolean awaitsAnswers(Indices.Announced index) {
        Instant end = index.facts().ended().orElse(index.facts().until());
        return clock.instant().isBefore(end.plus(LAST_ANSWERS))
                && !probes.unanswered(index.statement()).isEmpty();
    }

    /** The files go first: what is attested is gone, and what is gone and not attested yet is looked for again. */
    private void erase(Indices.Announced index) throws IOException {
        List<Indices.Announced> generations = indices.allGenerations(index);
        for (Indices.Announced generation : generations) {
            copies.erase(generation, statements);
        }
        Comparison.IndexAnnounced announced = (Comparison.IndexAnnounced)
                statements.find(index.statement()).orElseThrow().message();
        for (Probes.Asked asked : probes.unanswered(index.statement())) {
            probes.failed(asked.statement(), Reply.Reason.EPOCH_ENDED.word());
        }
        if (announced.mode() == Comparison.MatchMode.HOME_INDEX) {
            speaking.transactions.executeWithoutResult(status -> mark(index));
            return;
        }
        if (!speaking.assurance.with(index.holder().party())) {
            return;
        }
        Ending.IndexErased message = new Ending.IndexErased(index.statement(), generations.size());
        speaking.voice.say(
                message.draft(index.reader(), index.holder(), clock.instant()),
                message,
                index.holder().party(),
                said -> {
                    if (!mark(index)) {
                        throw new IllegalStateException("it was attested meanwhile");
                    }
                });
        LOG.info("the copy of index {} is erased", index.statement());
    }

    /** Erases again what was attested as erased before an older copy was restored. MUST be called in the transaction that restores it. */
    public void recall(Digest index) {
        indices.find(index).filter(found -> !found.own()).ifPresent(found -> {
            try {
                for (Indices.Announced generation : indices.allGenerations(found)) {
                    copies.erase(generation, statements);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            mark(found);
        });
    }

    private boolean mark(Indices.Announced index) {
        indices.ends().end(index.statement());
        return indices.ends().erase(index.statement());
    }
}
