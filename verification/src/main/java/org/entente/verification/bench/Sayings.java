package org.entente.verification.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.entente.memorandum.officer.Role;
import org.entente.verification.pair.NodeAtWork;
import org.entente.verification.pair.Pair;
import org.entente.verification.pair.ReadyAct;
import org.entente.verification.pair.ReceiptWatch;

/**
 * Business statements that are ready to be said: prepared by the node that will say them (with their sealed bodies) and
 * signed by an officer. They are said either at a fixed rate, whatever becomes of those before, or so many at a time.
 */
final class Sayings {
    private static final int PREPARING = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int OFFICERS = 24;
    private static final long LEAD_NANOS = 300_000_000L;

    private final NodeAtWork sender;
    private final NodeAtWork receiver;
    private final List<ReadyAct> acts;

    private Sayings(NodeAtWork sender, NodeAtWork receiver, List<ReadyAct> acts) {
        this.sender = sender;
        this.receiver = receiver;
        this.acts = List.copyOf(acts);
    }

    /** When each was meant to be said and when its receipt was there, by one clock, and what they are called. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by identity alone.
    record Receipted(List<String> statements, long[] intended, long[] receipted) {
        int size() {
            return statements.size();
        }

        /** From the first intended moment to the last receipt. */
        double seconds() {
            return (Arrays.stream(receipted).max().orElseThrow()
                            - Arrays.stream(intended).min().orElseThrow())
                    / 1e9;
        }

        /** So many milliseconds within which this share was receipted. */
        double millisWithin(double share) {
            long[] nanos = new long[intended.length];
            Arrays.setAll(nanos, n -> receipted[n] - intended[n]);
            Arrays.sort(nanos);
            return nanos[(int) Math.min(nanos.length - 1, Math.floor(nanos.length * share))] / 1e6;
        }
    }

    /** Requests of MX, each with a body of so many bytes. */
    static Sayings requests(Pair pair, int count, int bytes) throws IOException, InterruptedException {
        String words = "x".repeat(bytes);
        return new Sayings(
                pair.mx(),
                pair.us(),
                Crew.each(
                        PREPARING,
                        count,
                        n -> ReadyAct.prepare(pair.mx().officer(Role.ANALYST), "request", pair.request(words))));
    }

    /** Verdicts of US about requests that it has; they have no body. */
    static Sayings verdicts(Pair pair, List<String> requests) throws IOException, InterruptedException {
        return new Sayings(
                pair.us(),
                pair.mx(),
                Crew.each(
                        PREPARING,
                        requests.size(),
                        n -> ReadyAct.prepare(
                                pair.us().officer(Role.LIAISON), "request-decided", Pair.verdict(requests.get(n)))));
    }

    /** Says them at a fixed rate, each at its moment, over as many connections as there are officers; what waits for one has been meant to be said. */
    Receipted atRate(double perSecond) throws IOException, InterruptedException {
        try (ExecutorService officers = Executors.newFixedThreadPool(OFFICERS);
                ReceiptWatch watch = new ReceiptWatch(sender, receiver.party())) {
            long[] intended = new long[acts.size()];
            List<Future<String>> said = new ArrayList<>();
            long begin = System.nanoTime() + LEAD_NANOS;
            for (int n = 0; n < intended.length; n++) {
                intended[n] = begin + (long) (n * 1e9 / perSecond);
                long left = intended[n] - System.nanoTime();
                while (left > 0) {
                    LockSupport.parkNanos(left);
                    left = intended[n] - System.nanoTime();
                }
                said.add(officers.submit(acts.get(n)::say));
            }
            long[] receipted = new long[intended.length];
            List<String> statements = new ArrayList<>();
            for (int n = 0; n < receipted.length; n++) {
                statements.add(said.get(n).get());
                receipted[n] = watch.await(statements.get(n), PATIENCE);
            }
            return new Receipted(statements, intended, receipted);
        } catch (ExecutionException | SQLException failed) {
            throw new BenchmarkFailed(String.valueOf(failed.getMessage()));
        }
    }

    /** Says them so many at a time: each of these says the next when the receipt of the one before has come. */
    Receipted atATime(int many) throws IOException, InterruptedException {
        long[] begun = new long[acts.size()];
        long[] receipted = new long[acts.size()];
        String[] statements = new String[acts.size()];
        AtomicInteger next = new AtomicInteger();
        try (ReceiptWatch watch = new ReceiptWatch(sender, receiver.party())) {
            Crew.each(many, many, hand -> {
                for (int n = next.getAndIncrement(); n < begun.length; n = next.getAndIncrement()) {
                    begun[n] = System.nanoTime();
                    statements[n] = acts.get(n).say();
                    receipted[n] = watch.await(statements[n], PATIENCE);
                }
                return hand;
            });
        } catch (SQLException failed) {
            throw new BenchmarkFailed(String.valueOf(failed.getMessage()));
        }
        return new Receipted(List.of(statements), begun, receipted);
    }
}
