package org.entente.verification.bench;

/** Passes on how far something has come, at most every few seconds. */
final class Pace {
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final Benchmark.Progress progress;
    private long told = System.nanoTime();

    Pace(Benchmark.Progress progress) {
        this.progress = progress;
    }

    void at(String words) {
        if (System.nanoTime() - told >= PAUSE_NANOS) {
            told = System.nanoTime();
            progress.at(words);
        }
    }
}
