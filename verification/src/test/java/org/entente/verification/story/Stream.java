package org.entente.verification.story;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import org.entente.verification.pair.Pair;
import org.entente.verification.pair.PairBroken;
import org.entente.verification.pair.ReadyAct;
import tools.jackson.databind.node.ObjectNode;

/**
 * Statements in both directions without a pause: analysts of MX request, and liaison officers of US decide about each
 * request. An officer whose node does not answer tries again, as people do; what a node has once said that it said is noted.
 */
final class Stream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int HANDS = 4;

    /** People do not ask on while nobody gets to answer; and so both ways are under load alike, however long a node is away. */
    private static final int UNDECIDED_MAX = 100;

    private final Pair pair;
    private final Set<String> requests = ConcurrentHashMap.newKeySet();
    private final Set<String> verdicts = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> undecided = new LinkedBlockingQueue<>();
    private volatile boolean decided;
    private final AtomicReference<Exception> broken = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean requesting = true;
    private volatile boolean deciding = true;

    Stream(Pair pair) {
        this.pair = pair;
    }

    /** Begins to say. */
    Stream flow() {
        decided = true;
        requestsAlone();
        for (int n = 0; n < HANDS; n++) {
            threads.add(Thread.ofPlatform().name("liaison-" + n).start(() -> noting(this::decide)));
        }
        return this;
    }

    /** Begins to request; nobody decides. */
    Stream requestsAlone() {
        for (int n = 0; n < HANDS; n++) {
            threads.add(Thread.ofPlatform().name("analyst-" + n).start(() -> noting(this::request)));
        }
        return this;
    }

    private interface Hand {
        void run() throws IOException, InterruptedException;
    }

    private void noting(Hand hand) {
        try {
            hand.run();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            broken.compareAndSet(null, failed);
        }
    }

    private void request() throws IOException, InterruptedException {
        while (requesting) {
            if (decided && undecided.size() >= UNDECIDED_MAX) {
                Thread.sleep(50);
                continue;
            }
            String said =
                    persistently(pair.mx().officer(Role.ANALYST), "request", pair.request("invoices of the case"));
            requests.add(said);
            undecided.add(said);
        }
    }

    private void decide() throws IOException, InterruptedException {
        while (deciding || !undecided.isEmpty()) {
            String request = undecided.poll(100, TimeUnit.MILLISECONDS);
            if (request != null) {
                verdicts.add(persistently(pair.us().officer(Role.LIAISON), "request-decided", Pair.verdict(request)));
            }
        }
    }

    /** Tries until it is said; an approval that is handed in again is the same. */
    private static String persistently(OfficerClient officer, String act, ObjectNode facts)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ReadyAct ready = null;
        while (true) {
            try {
                if (ready == null) {
                    ready = ReadyAct.prepare(officer, act, facts);
                }
                return ready.say();
            } catch (IOException notNow) {
                if (System.nanoTime() > deadline) {
                    throw new PairBroken("nobody answers any more: " + notNow.getMessage());
                }
                Thread.sleep(100);
            }
        }
    }

    /** How many nodes have said that they said. */
    int said() {
        return requests.size() + verdicts.size();
    }

    Set<String> requests() {
        return Set.copyOf(requests);
    }

    Set<String> verdicts() {
        return Set.copyOf(verdicts);
    }

    void requireWhole() throws PairBroken {
        Exception failed = broken.get();
        if (failed != null) {
            throw new PairBroken("the stream broke off: " + failed.getMessage());
        }
    }

    /** No more is requested; returns when all requests are decided. */
    void end() throws InterruptedException, PairBroken {
        requesting = false;
        for (Thread thread : threads) {
            if (thread.getName().startsWith("analyst")) {
                thread.join();
            }
        }
        deciding = false;
        for (Thread thread : threads) {
            thread.join();
        }
        requireWhole();
    }

    @Override
    public void close() {
        requesting = false;
        deciding = false;
        undecided.clear();
        threads.forEach(Thread::interrupt);
    }
}
