package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import org.entente.verification.pair.NodeAtWork;
import org.entente.verification.pair.Pair;
import org.entente.verification.process.Entente;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of evidence go from one authority's disk to the other's, by the commands that people type, though the node that receives them is killed in the middle. */
@EnabledOnOs(OS.LINUX)
final class FilesStoryTest {
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
    private static final int LARGE_BYTES = 160 << 20;
    private static final int PIECE_BYTES = 1 << 23;
    private static final Pattern KEPT = Pattern.compile("([0-9]+) bytes of the body [0-9a-f]{64} were kept");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aLargeFileThatIsBrokenOffIsContinuedAndArrivesAsItWasReleased() throws Exception {
        try (Pair pair = Pair.found(folder, FLAGS)) {
            String request = approved(pair);
            Path large = random("extractos 2024.pdf", LARGE_BYTES);
            Path small = random("nota.txt", 17);
            Entente.Ended missing =
                    pair.us().command(Role.LIAISON, "files", "release", request, folder.resolve("nothing.pdf"));
            assertThat(missing.exit()).isEqualTo(2);
            assertThat(missing.errors()).contains("nothing.pdf does not exist");
            Entente.Ended released = pair.us().command(Role.LIAISON, "files", "release", request, large, small);
            assertThat(released.exit()).as(released.errors()).isZero();
            assertThat(released.errors()).contains("released with 2 files");
            String release = released.output().strip();

            Pair.await(
                    "part of the file",
                    () -> partBytes(pair.mx()) > 2 * PIECE_BYTES ? Optional.of(1) : Optional.empty());
            pair.mx().kill();
            long part = partBytes(pair.mx());
            assertThat(part).as("killed in the middle").isBetween(2L * PIECE_BYTES, (long) LARGE_BYTES);
            pair.mx().start();
            OfficerClient analyst = pair.mx().officer(Role.ANALYST);
            Pair.await(
                    "opened release",
                    () -> Optional.of(analyst.get("/api/requests/" + request)
                                    .path("state")
                                    .asString(""))
                            .filter("opened"::equals));
            assertThat(KEPT.matcher(Files.readString(pair.mx().log()))
                            .results()
                            .map(MatchResult::group)
                            .toList())
                    .as("what had come was not brought again")
                    .anyMatch(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) >= 2 * PIECE_BYTES);

            Path fetched = Files.createDirectory(folder.resolve("fetched"));
            Entente.Ended ended = fetch(pair.mx(), release, fetched);
            assertThat(ended.exit()).as(ended.errors()).isZero();
            assertThat(fetched.resolve("extractos 2024.pdf")).hasSameBinaryContentAs(large);
            assertThat(fetched.resolve("nota.txt")).hasSameBinaryContentAs(small);
            assertThat(fetch(pair.mx(), release, fetched).errors()).contains("exists already");
            try (Stream<Path> files = Files.list(fetched)) {
                assertThat(files).hasSize(2);
            }
            assertThat(partBytes(pair.mx())).isZero();
        }
    }

    private static Entente.Ended fetch(NodeAtWork node, String release, Path to) throws Exception {
        return node.command(Role.ANALYST, "files", "fetch", release, "--to", to);
    }

    /** How much of a body that is not whole yet lies on a node's disk. */
    private static long partBytes(NodeAtWork node) throws IOException {
        try (Stream<Path> files = Files.list(node.folder().resolve("bodies"))) {
            return files.filter(file -> file.toString().endsWith(".partial"))
                    .mapToLong(FilesStoryTest::bytes)
                    .sum();
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException whole) {
            return 0;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String approved(Pair pair) throws Exception {
        String request = pair.mx()
                .officer(Role.ANALYST)
                .act("request", pair.request("The company's accounts are wanted."))
                .required("statement")
                .asString();
        OfficerClient liaison = pair.us().officer(Role.LIAISON);
        Pair.await(
                "request at US",
                () -> liaison.get("/api/requests")
                        .path("requests")
                        .valueStream()
                        .filter(one -> one.path("statement").asString("").equals(request))
                        .findFirst());
        liaison.act("request-decided", Pair.verdict(request));
        return request;
    }

    private Path random(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }
}
