package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.verification.pair.NodeAtWork;
import org.entente.verification.pair.Pair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A partner that is away, a disk that is full, a home that is replaced by its older copy: two nodes in processes of their own lose nothing and repeat nothing. */
@Tag("deep")
@EnabledOnOs(OS.LINUX)
final class ExchangeInHardTimesTest {
    private static final int HEAP_MEBIBYTES = 256;
    private static final List<String> FLAGS = List.of("-Xmx" + HEAP_MEBIBYTES + "m", "-XX:TieredStopAtLevel=1");
    private static final int SAID = 150;
    private static final int AWAY = 1_500;
    private static final int DISK_MEBIBYTES = 600;
    private static final long FULL_MILLIS = 5_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsSaidWhileThePartnerIsAwayWaitsAndArrivesOnce() throws Exception {
        try (Pair pair = Pair.found(folder, FLAGS);
                Stream stream = new Stream(pair).requestsAlone()) {
            pair.us().stop();
            awaitSaid(stream, AWAY / 3);
            double early = residentMebibytes(pair.mx());
            awaitSaid(stream, AWAY);
            stream.end();
            assertThat(residentMebibytes(pair.mx())).isLessThan(early + HEAP_MEBIBYTES);
            assertThat(waiting(pair.mx())).isGreaterThanOrEqualTo(AWAY);
            pair.us().start();
            Ledgers ledgers = new Ledgers(pair);
            ledgers.drain();
            ledgers.requireOnce(stream.requests(), stream.verdicts());
            ledgers.requireWhole();
        }
    }

    @Test
    void anOlderCopyThatGoesOnHasEverythingBackAndRepeatsNothing() throws Exception {
        try (Pair pair = Pair.found(folder, FLAGS)) {
            Ledgers ledgers = new Ledgers(pair);
            Set<String> requests = new TreeSet<>();
            Set<String> verdicts = new TreeSet<>();
            flow(pair, requests, verdicts);
            ledgers.drain();
            Path home = pair.us().folder();
            Path replica = home.resolveSibling("replica");
            pair.us().stop();
            run("cp", "-a", home.toString(), replica.toString());
            pair.us().start();
            flow(pair, requests, verdicts);
            ledgers.drain();
            pair.us().killWithDatabase();
            run("mv", home.toString(), home.resolveSibling("lost").toString());
            run("mv", replica.toString(), home.toString());
            run(
                    "rm",
                    "-rf",
                    home.resolve("tiles").toString(),
                    home.resolve("body-keys").toString());
            pair.us().start("--restored");
            ledgers.drain();
            flow(pair, requests, verdicts);
            ledgers.drain();
            ledgers.requireSaidOnce(requests, verdicts);
            ledgers.requireWholeButForBodies();
        }
    }

    @Test
    void aDiskThatFillsUpInTheMiddleOfAStreamCostsNothing() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("mx"));
        int mounted = new ProcessBuilder(
                        "mount", "-t", "tmpfs", "-o", "mode=755,size=" + DISK_MEBIBYTES + "m", "tmpfs", disk.toString())
                .inheritIO()
                .start()
                .waitFor();
        if ("1".equals(System.getenv("ENTENTE_REQUIRE_ALL"))) {
            assertThat(mounted).as("a small disk is mounted, which takes root").isZero();
        }
        assumeThat(mounted).as("a small disk is mounted, which takes root").isZero();
        try (Pair pair = Pair.found(folder, FLAGS);
                Stream stream = new Stream(pair).flow()) {
            awaitSaid(stream, SAID);
            Path ballast = disk.resolve("ballast");
            fill(ballast, Files.getFileStore(disk).getUsableSpace());
            Thread.sleep(FULL_MILLIS);
            Files.delete(ballast);
            Thread.sleep(FULL_MILLIS);
            if (!pair.mx().isAlive()) {
                assertThat(pair.mx().lastWords()).containsIgnoringCase("the node stops");
                pair.mx().start();
            }
            awaitSaid(stream, stream.said() + SAID);
            stream.end();
            Ledgers ledgers = new Ledgers(pair);
            ledgers.drain();
            ledgers.requireOnce(stream.requests(), stream.verdicts());
            ledgers.requireWhole();
        } finally {
            run("umount", "--lazy", disk.toString());
        }
    }

    private static void flow(Pair pair, Set<String> requests, Set<String> verdicts) throws Exception {
        try (Stream stream = new Stream(pair).flow()) {
            awaitSaid(stream, SAID);
            stream.end();
            requests.addAll(stream.requests());
            verdicts.addAll(stream.verdicts());
        }
    }

    private static void awaitSaid(Stream stream, int many) throws Exception {
        Pair.await(many + " statements", () -> {
            stream.requireWhole();
            return stream.said() >= many ? Optional.of(many) : Optional.empty();
        });
    }

    private static void fill(Path file, long bytes) throws IOException {
        byte[] chunk = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= chunk.length) {
                out.write(chunk);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static long waiting(NodeAtWork node) throws Exception {
        try (Connection connection = node.connection()) {
            return Ledgers.count(
                    connection, "select count(*) from outbox where acknowledged_at is null and set_aside is null");
        }
    }

    private static double residentMebibytes(NodeAtWork node) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(node.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }

    private static void run(String... words) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor())
                .as(String.join(" ", words))
                .isZero();
    }
}
