package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** However the demonstration ends, no node and no database server outlives it. */
final class InterruptedStoryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long REST_NANOS = 20_000_000L;

    private final Entente entente = new Entente(Repository.find());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void toldToEndItStopsBothNodes() throws Exception {
        Process demo = playUntilBothRun();
        demo.destroy();
        assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isNotZero();
        assertThat(LeftRunning.below(home())).isEmpty();
        assertThat(Files.readString(output())).doesNotContain("broke off");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void killedItStillLeavesNothingBehind() throws Exception {
        Process demo = playUntilBothRun();
        demo.destroyForcibly();
        await(() -> LeftRunning.below(home()).isEmpty());
        assertThat(LeftRunning.below(home())).isEmpty();
    }

    @Test
    void endedWhileItEnrolsItIsGoneOnWithByTheNextRun() throws Exception {
        Path first = home().resolve("officers/uif-legal-1.json");
        Process demo = playUntilBothRun();
        await(() -> Files.exists(first));
        demo.destroyForcibly();
        await(() -> LeftRunning.below(home()).isEmpty());
        byte[] credential = Files.readAllBytes(first);

        Process again = entente.start(output(), "demo", "--home", home());
        await(() -> printed().contains("officers were enrolled") || printed().contains("did not hold"));
        again.destroy();
        assertThat(again.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(printed()).contains("officers were enrolled").doesNotContain("did not hold");
        assertThat(Files.readAllBytes(first)).isEqualTo(credential);
    }

    private String printed() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aNodeThatCannotRunIsReportedWithTheEndOfItsLog() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Entente.Ended ended = entente.run(
                    PATIENCE, "demo", "--unattended", "--home", home(), "--us-api-port", taken.getLocalPort());
            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.output())
                    .contains("The step nodes-running did not hold")
                    .contains("The node stopped by itself")
                    .contains(home().resolve("us/node.log").toString())
                    .doesNotContain("\tat ");
        }
        assertThat(LeftRunning.below(home())).isEmpty();
    }

    private Process playUntilBothRun() throws IOException {
        Process demo = entente.start(output(), "demo", "--home", home());
        await(() ->
                Files.exists(home().resolve("mx/addresses.json")) && Files.exists(home().resolve("us/addresses.json")));
        assertThat(LeftRunning.below(home())).hasSizeGreaterThan(4);
        return demo;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path output() {
        return folder.resolve("output");
    }
}
