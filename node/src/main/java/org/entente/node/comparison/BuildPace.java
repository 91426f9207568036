package org.entente.node.comparison;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.entente.matching.index.BuildListener;

/** Turns counts into how fast a build goes and how long it will still take, and tells every few seconds and at the end of each step. */
public final class BuildPace implements BuildListener {
    private final long expectedRecords;
    private final InstantSource clock;
    private final Duration pause;
    private final Consumer<Report> consumer;
    private Stage stage = Stage.EVALUATE;
    private long stageBeganMillis;
    private long toldMillis;

    /**
     * How far a build is.
     *
     * @param done records, slices or blocks
     * @param total of how many; 0 when nobody knows
     * @param perSecond since the step began
     * @param remaining until the step ends at this rate; zero when nobody knows
     */
    public record Report(Stage stage, long done, long total, long perSecond, Duration remaining) {
        @Override
        public String toString() {
            return "%s %d of %d, %d/s, %d s left"
                    .formatted(
                            stage.name().toLowerCase(java.util.Locale.ROOT),
                            done,
                            total,
                            perSecond,
                            remaining.toSeconds());
        }
    }

    public BuildPace(long expectedRecords, InstantSource clock, Duration pause, Consumer<Report> consumer) {
        this.expectedRecords = expectedRecords;
        this.clock = clock;
        this.pause = pause;
        this.consumer = consumer;
        this.stageBeganMillis = clock.millis();
        this.toldMillis = stageBeganMillis;
    }

    @Override
    public synchronized void at(Stage now, long done, long total) {
        long millis = clock.millis();
        if (now != stage) {
            stage = now;
            stageBeganMillis = toldMillis;
        }
        long of = total == 0 ? Math.max(done, expectedRecords) : total;
        if (done < of && millis - toldMillis < pause.toMillis()) {
            return;
        }
        toldMillis = millis;
        long elapsed = Math.max(1, millis - stageBeganMillis);
        long remaining = done == 0 ? 0 : elapsed * (of - done) / done;
        consumer.accept(new Report(now, done, of, done * 1_000 / elapsed, Duration.ofMillis(remaining)));
    }
}
