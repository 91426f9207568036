package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.tile.BundleAt;
import org.entente.evidence.tile.TileCheck;
import org.entente.evidence.tile.TileSource;
import org.entente.evidence.tile.TiledTree;
import org.entente.evidence.tile.TreeTiles;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.link.PeerAnswer;
import org.entente.node.link.PeerCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log of a relationship as files that whoever may read it reads with any tool, and believes under the checkpoint alone. */
@Timeout(180)
class PublishedLogTest {
    @TempDir
    private static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;
    private static OfficerClient officer;

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
        officer = encounter.officer(Role.LEGAL);
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    private static PeerAnswer.Answered get(String path) {
        return partner.call("GET", path, new PeerCall.Body.None());
    }

    /** The partner reads over the link. */
    private static TileSource overTheLink() {
        return path -> {
            PeerAnswer.Answered answer = get("/v1/log/" + path.path());
            return answer.status() == 200 ? Optional.of(answer.bytes()) : Optional.empty();
        };
    }

    /** An officer reads over HTTP. */
    private static TileSource overHttp() {
        return path -> {
            try {
                return Optional.of(officer.download("/api/logs/US/" + path.path()));
            } catch (NodeRefusal refused) {
                return Optional.empty();
            } catch (java.io.IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static SignedCheckpoint open(byte[] note) throws Exception {
        return SignedCheckpoint.open(
                new String(note, StandardCharsets.UTF_8),
                LogNames.relationship(encounter.node().card().party(), PartnerInHand.US, 1),
                encounter.node().card().logKey());
    }

    private static SignedCheckpoint published() throws Exception {
        return open(get("/v1/log/checkpoint").bytes());
    }

    /** Waits until a published head covers a statement, and gives it with the entries that it covers. */
    private static SignedCheckpoint publishedWith(Digest statement) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (Instant.now().isBefore(end)) {
            SignedCheckpoint head = published();
            if (entries(head, overTheLink()).contains(statement)) {
                return head;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it was never published: " + statement);
    }

    private static List<Digest> entries(SignedCheckpoint head, TileSource source) throws Exception {
        TiledTree tree = TiledTree.open(head.checkpoint(), source);
        List<Digest> entries = new ArrayList<>();
        for (BundleAt at : new TreeTiles(head.checkpoint().size()).bundles().toList()) {
            entries.addAll(tree.bundle(at).statementIds());
        }
        return entries;
    }

    @Test
    void thePartnerReadsItsLogAndFindsInItWhatWasSaid() throws Exception {
        Digest said = partner.say(Colleague.of("fincen-reader", PartnerInHand.FINCEN, Role.ANALYST)
                        .appointment())
                .id();
        SignedCheckpoint head = publishedWith(said);
        for (TileSource source : List.of(overTheLink(), overHttp())) {
            assertThat(TileCheck.againstEntries(head.checkpoint(), source)).isInstanceOf(TileCheck.Sound.class);
            assertThat(entries(head, source)).contains(said).doesNotHaveDuplicates();
        }
        assertThat(open(officer.download("/api/logs/US/checkpoint"))
                        .checkpoint()
                        .size())
                .isGreaterThanOrEqualTo(head.checkpoint().size());
    }

    @Test
    void whatIsNoAddressOrNotThereIsSaidSo() {
        assertThat(get("/v1/log/tile/0/000.p/0").status()).isEqualTo(422);
        assertThat(get("/v1/log/tile/0/00").status()).isEqualTo(422);
        assertThat(get("/v1/log/tile/9/000").status()).isEqualTo(422);
        assertThat(get("/v1/log/tile/0/x123/456").status()).isEqualTo(404);
        assertThat(get("/v1/log/tile/entries/007").status()).isEqualTo(404);
        assertThatExceptionOfType(NodeRefusal.class)
                .isThrownBy(() -> officer.download("/api/logs/US/tile/0/000.p/257"))
                .matches(refusal -> refusal.status() == 422);
        assertThatExceptionOfType(NodeRefusal.class)
                .isThrownBy(() -> officer.download("/api/logs/US/tile/0/x123/456"))
                .matches(refusal -> refusal.status() == 404);
        assertThatExceptionOfType(NodeRefusal.class).isThrownBy(() -> officer.download("/api/logs/CA/checkpoint"));
    }

    @Test
    void theEvidenceStandsWhenTheTilesWereLost() throws Exception {
        published();
        try (Stream<Path> files = Files.walk(folder.resolve("tiles"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        assertThat(encounter.requireBundle().statements()).isNotEmpty();
        assertThat(TileCheck.againstEntries(published().checkpoint(), overTheLink()))
                .isInstanceOf(TileCheck.Sound.class);
    }
}
