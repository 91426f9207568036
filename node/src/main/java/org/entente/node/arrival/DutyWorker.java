package org.entente.node.arrival;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Reply;
import org.entente.node.act.RefusedAct;
import org.entente.node.comparison.ComparisonWork;
import org.entente.node.handover.HandoverWork;
import org.entente.node.ledger.NotWritten;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.proceeding.ProcedureWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the duties that statements left, one after the other, until it is closed. Releases with files, which are read to their ends, are
 * taken in on a thread of their own, so that a file of one partner holds up nothing else.
 */
public final class DutyWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DutyWorker.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final Duties duties;
    private final Statements statements;
    private final Works works;
    private final Voice voice;
    private final Sequencer sequencer;
    private final Semaphore wake;
    private volatile boolean closing;
    private final Semaphore wakeForFiles = new Semaphore(0);
    private final Thread thread;
    private final Thread files;

    /**
     * Works on this database.
     *
     * @param wake gets a permit when a duty is owed
     */
    public DutyWorker(Duties duties, Statements statements, Works works, Saying saying, Semaphore wake) {
        this.duties = duties;
        this.statements = statements;
        this.works = works;
        this.voice = saying.voice();
        this.sequencer = saying.sequencer();
        this.wake = wake;
        this.thread = Thread.ofPlatform().name("duties").unstarted(() -> run(duties::next, wake));
        this.files = Thread.ofPlatform().name("duties-files").unstarted(() -> run(duties::nextWithFiles, wakeForFiles));
    }

    /** The kinds of long work. */
    public record Works(ComparisonWork comparison, HandoverWork handover, ProcedureWork procedures) {}

    /** How a worker says what came of its work. */
    public record Saying(Voice voice, Sequencer sequencer) {}

    public void start() {
        thread.start();
        files.start();
    }

    private void run(Supplier<List<Digest>> due, Semaphore woken) {
        while (!closing) {
            try {
                List<Digest> next = due.get();
                if (next.size() == 1) {
                    attempt(next.getFirst());
                } else if (!next.isEmpty()) {
                    attemptTogether(next);
                } else if (woken.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                    wakeForFiles.release(woken.equals(wake) ? 1 : 0);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("duties cannot be read; they are tried again", e);
                pause();
            }
        }
    }

    private void attemptTogether(List<Digest> statements) {
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            statements.forEach(statement -> hands.execute(() -> attempt(statement)));
        }
    }

    private void attempt(Digest statement) {
        try {
            carryOut(statement);
        } catch (RefusedAct refused) {
            LOG.warn("duty {} is not permitted any more: {}", statement, refused.problem());
            refuse(statement, refused);
        } catch (NotWritten notOurs) {
            LOG.warn("duty {} waits: {}", statement, notOurs.toString());
            pause();
        } catch (IOException | Malformed | RuntimeException e) {
            LOG.error("duty {} failed and is put off", statement, e);
            duties.putOff(statement, e.toString());
        }
    }

    private void carryOut(Digest id) throws IOException, Malformed, RefusedAct {
        Statements.Entry entry = statements.find(id).orElseThrow();
        ComparisonWork.Once once = effect -> sequencer.write(() -> {
            if (duties.done(id)) {
                effect.run();
            }
        });
        switch (entry.message()) {
            case Comparison.IndexAnnounced announced ->
                works.comparison().openIndex(entry.statement(), announced, once);
            case Comparison.ProbeAsked asked -> works.comparison().evaluate(entry.statement(), asked, once);
            case Comparison.ProbeAnswered answered -> works.comparison().read(entry.statement(), answered, once);
            case Comparison.ReconcileAgreed agreed -> works.comparison().reconcile(entry.statement(), agreed, once);
            case Handover.ItemRequested asked -> works.handover().openFacts(entry.statement(), asked, once);
            case Handover.ItemReleased released -> works.handover().takeIn(entry.statement(), released, once);
            case Procedure step -> works.procedures().open(entry.statement(), step, once);
            default ->
                throw new IllegalStateException(
                        "nothing is owed for " + entry.message().kind());
        }
    }

    /** What was permitted when it was accepted and is not any more is answered, and done. */
    private void refuse(Digest id, RefusedAct refused) {
        Statements.Entry entry = statements.find(id).orElseThrow();
        sequencer.write(() -> {
            if (duties.done(id)) {
                Optional<String> clause = refused.clauses().stream()
                        .findFirst()
                        .map(citation -> citation.substring(citation.lastIndexOf(' ') + 1));
                voice.say(
                        Admission.refused(entry.statement(), Reply.Reason.NOT_PERMITTED, clause),
                        entry.statement().to().orElseThrow(),
                        entry.statement().from());
            }
        });
    }

    private void pause() {
        try {
            wake.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        wake.release();
        wakeForFiles.release();
        try {
            thread.join(10_000);
            files.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
