package org.entente.verification.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.entente.holdings.generate.GeneratedLists;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are broken or made to do harm: one clear sentence, no stack trace, and an exit code that is not 0. */
final class HostileFilesTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MEBIBYTE = 1 << 20;

    private final Entente entente = new Entente(Repository.find());
    private String good = "";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeOneGoodList() throws IOException {
        GeneratedLists lists = GeneratedLists.generate(3, new GeneratedLists.Sizes(60, 60, 4));
        good = "ofac-sdn:" + Files.write(folder.resolve("good.csv"), lists.ofacSdn());
    }

    @Test
    void aFileThatIsAbsentOrEmptyOrAFolder() throws Exception {
        refused("sat-69b:" + folder.resolve("absent.csv"));
        refused("sat-69b:" + folder);
        refused("sat-69b:" + Files.createFile(folder.resolve("empty.csv")));
    }

    @Test
    void aFileOfAnotherKind() throws Exception {
        byte[] noise = new byte[4_000];
        new java.util.SplittableRandom(5).nextBytes(noise);
        refused("sat-69b:" + Files.write(folder.resolve("noise.csv"), noise));
        refused("ofac-sdn:" + Files.write(folder.resolve("noise.csv"), noise));
        refused("sat-69b:" + good.substring("ofac-sdn:".length()));
    }

    @Test
    void anArchiveThatIsCutOff() throws Exception {
        byte[] whole = packed("1,A COMPANY,-0- ,\"SDNTK\"" + ",-0- ".repeat(7) + ",\"R.F.C. KQW-310115-AB1\"\r\n");
        refused("ofac-sdn:" + Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 9)));
    }

    /** A few hundred kilobytes that unpack to gigabytes, in one row without end. */
    @Test
    void anArchiveThatExplodes() throws Exception {
        Path bomb = folder.resolve("bomb.csv.gz");
        byte[] block = new byte[MEBIBYTE];
        Arrays.fill(block, (byte) 'A');
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(bomb));
                GZIPOutputStream out = new GZIPOutputStream(file, 1 << 16)) {
            for (int i = 0; i < 512; i++) {
                out.write(block);
            }
        }
        refused("ofac-sdn:" + bomb);
        refused("csv:" + bomb + "#1");
    }

    @Test
    void aTableWithAMillionColumns() throws Exception {
        Path wide = Files.writeString(folder.resolve("wide.csv"), ",".repeat(1_000_000) + "\n");
        refused("csv:" + wide + "#rfc");
        refused("sat-69b:" + wide);
    }

    @Test
    void aSourceThatIsNamedWrongly() throws Exception {
        refused("sat-69b");
        refused("pdf:" + folder.resolve("x.pdf"));
        refused("csv:" + folder.resolve("good.csv"));
        refused("csv:" + folder.resolve("good.csv") + "#no such column");
    }

    private void refused(String theirs) throws IOException, InterruptedException {
        for (String language : List.of("en", "es")) {
            Entente.Ended ended = entente.in(language)
                    .run(LIMIT, "match", "--ours", good, "--theirs", theirs, "--on", "rfc", "--json");
            assertThat(ended.exit()).as(theirs).isNotZero();
            assertThat(ended.output()).as(theirs).isEmpty();
            List<String> said =
                    ended.errors().lines().filter(line -> !line.isBlank()).toList();
            assertThat(said).as(theirs).hasSize(1);
            assertThat(said.getFirst())
                    .contains(" ")
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ");
        }
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.repeat(400).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
