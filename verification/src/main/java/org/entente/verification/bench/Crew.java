package org.entente.verification.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** So many hands that do the same thing many times. */
final class Crew {
    private Crew() {}

    /** One piece of the work. */
    interface Work<T> {
        T at(int number) throws IOException, InterruptedException;
    }

    /** What the pieces give, in order; the first that fails fails the whole. */
    static <T> List<T> each(int hands, int pieces, Work<T> work) throws IOException, InterruptedException {
        List<Callable<T>> calls = new ArrayList<>(pieces);
        for (int n = 0; n < pieces; n++) {
            int number = n;
            calls.add(() -> work.at(number));
        }
        ExecutorService pool = Executors.newFixedThreadPool(hands);
        try {
            List<T> results = new ArrayList<>(pieces);
            for (Future<T> future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new BenchmarkFailed(String.valueOf(failed.getMessage()));
        } finally {
            pool.shutdownNow();
        }
    }
}
