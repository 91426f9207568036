package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.entente.exchange.body.BodyAtRest;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.verification.oracle.PlainBundle;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real nodes, one of which released an item to the other. Between two runs of theirs the last day passes, which the test brings
 * about by moving that day in both databases; when they start again the bodies are gone at both, one tells the other, and the
 * evidence of the exchange verifies as before.
 */
@Tag("deep")
final class ErasureStoryTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String RELEASES = "(select id from statement where kind = 'item-released')";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatWasReleasedIsErasedAtBothNodesAndItsEvidenceStays() throws Exception {
        Path home = folder.resolve("home");
        PlayedStory first = PlayedStory.play(home, "--seed", "43");
        byte[] release = HexFormat.of()
                .parseHex(first.step("item-received")
                        .at("/detail/item/statement")
                        .asString(first.step("item-released")
                                .at("/detail/statement")
                                .asString("")));
        byte[] evidence = Files.readAllBytes(first.bundles().getLast());
        for (String node : List.of("mx", "us")) {
            try (Database database = open(home.resolve(node))) {
                String body = database.client()
                        .sql("select encode(body, 'hex') from statement_body where statement = ?")
                        .param(release)
                        .query(String.class)
                        .single();
                requireAtRest(home.resolve(node), body);
                database.client()
                        .sql("insert into body_term select r.id, current_date - 2 from " + RELEASES
                                + " as r on conflict (statement) do update set last_day = excluded.last_day")
                        .update();
            }
        }

        PlayedStory second = PlayedStory.play(home, "--seed", "43");
        for (String node : List.of("mx", "us")) {
            boolean receiver = node.equals("mx");
            try (Database database = open(home.resolve(node))) {
                assertThat(count(
                                database,
                                "erasure where what = 'body' and subject = ? and (attestation is not null) = "
                                        + receiver,
                                release))
                        .isEqualTo(1);
                assertThat(count(database, "erasure where what = 'item' and subject = ?", release))
                        .isEqualTo(receiver ? 1 : 0);
                assertThat(count(database, "erasure_attested where statement = ?", release))
                        .isEqualTo(receiver ? 0 : 1);
                for (String body : database.client()
                        .sql("select encode(body, 'hex') from statement_body where statement = ?")
                        .param(release)
                        .query(String.class)
                        .list()) {
                    assertThat(home.resolve(node).resolve("bodies").resolve(body))
                            .doesNotExist();
                    assertThat(home.resolve(node).resolve("body-keys").resolve(body + ".sealed"))
                            .doesNotExist();
                }
            }
            Entente.Ended checked =
                    new Entente(Repository.find()).run(LIMIT, "evidence", "fsck", "--home", home.resolve(node));
            assertThat(checked.exit()).as(checked.output() + checked.errors()).isZero();
        }
        assertThat(PlainBundle.verify(evidence).statements()).isPositive();
        assertThat(PlainBundle.verify(Files.readAllBytes(second.bundles().getLast()))
                        .statements())
                .isGreaterThan(PlainBundle.verify(evidence).statements());
    }

    /** No age file that a key of an authority opens. */
    private static void requireAtRest(Path home, String body) throws Exception {
        byte[] file = Files.readAllBytes(home.resolve("bodies").resolve(body));
        assertThat(BodyAtRest.claims(new ByteArrayInputStream(file).readNBytes(BodyAtRest.headerBytes())))
                .isTrue();
    }

    private static Database open(Path home) throws Exception {
        return Database.openEmbedded(
                home, Path.of(System.getProperty("user.home"), ".cache", "entente"), StartProgress.SILENT);
    }

    private static long count(Database database, String from, byte[] statement) {
        return database.client()
                .sql("select count(*) from " + from)
                .param(statement)
                .query(Long.class)
                .single();
    }
}
