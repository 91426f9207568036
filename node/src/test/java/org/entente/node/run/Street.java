package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Two whole nodes that know each other, and waiting until nothing is on its way between them. */
final class Street implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long LOOK_MILLIS = 50;

    final House mx;
    final House us;

    private Street(House mx, House us) {
        this.mx = mx;
        this.us = us;
    }

    static Street of(Path folder) throws Exception {
        Street street = new Street(
                new House(folder.resolve("mx"), "MX", "UIF"), new House(folder.resolve("us"), "US", "FINCEN"));
        street.mx.pin(street.us);
        street.us.pin(street.mx);
        return street;
    }

    static void await(String what, BooleanSupplier wanted) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!wanted.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Waits until everything is acknowledged, cosigned and read. */
    void rest() throws InterruptedException {
        await("both logs are acknowledged, cosigned and read", this::rests);
    }

    private boolean rests() {
        return mx.isSettled()
                && us.isSettled()
                && mx.hasRead()
                && us.hasRead()
                && mx.count("select max(size) from witnessed") == us.count("select max(size) from log")
                && us.count("select max(size) from witnessed") == mx.count("select max(size) from log");
    }

    @Override
    public void close() {
        mx.close();
        us.close();
    }
}
