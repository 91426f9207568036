package org.entente.node.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.node.disk.FaultyDisk;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Folder;
import org.entente.node.home.NodeHome;
import org.entente.node.home.Stoppage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come in piece by piece, on a disk whose power fails and from partners that lie. */
class PartialBodiesTest {
    private static final int PIECE = 1 << 16;
    private static final PartyCode US = new PartyCode("US");
    private static final PartyCode GT = new PartyCode("GT");
    private static final BodyFiles.Limits LIMITS = new BodyFiles.Limits(10L * PIECE, PIECE);
    private static final int STEPS_MAX = 400;

    private final long seed = new SecureRandom().nextLong();
    private final Random chance = new Random(seed);
    private final Stoppage stoppage = new Stoppage();

    @ParameterizedTest
    @ValueSource(ints = {1, PIECE - 1, PIECE, PIECE + 100, 2 * PIECE, 3 * PIECE - 1, 3 * PIECE + 100})
    void aBodyComesInPieceByPieceAcrossARestartAfterEachOfThem(int length) throws Exception {
        byte[] body = random(length);
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        for (int offset = 0; offset < length; offset += PIECE) {
            PartialBodies.Standing before = files.partial().standing(US, Digest.of(body));
            assertThat(before).isEqualTo(new PartialBodies.Standing(offset, false));
            PartialBodies.Standing after = bring(files, US, body, offset);
            assertThat(after.complete()).isEqualTo(offset + PIECE >= length);
            if (length > 100) {
                requireNowhere(disk, Arrays.copyOfRange(body, offset, Math.min(length, offset + 64)));
            }
            disk = disk.afterPowerCut();
            files = open(disk);
        }
        assertThat(read(files, Digest.of(body))).isEqualTo(body);
        assertThat(files.partial().standing(US, Digest.of(body)).complete()).isTrue();
        assertThat(folder(disk, "bodies").names())
                .containsExactly(Digest.of(body).hex());
        assertThat(keyNames(disk)).containsExactly(Digest.of(body).hex());
    }

    @ParameterizedTest
    @EnumSource(FaultyDisk.Fault.class)
    void whateverFailsAtWhateverStepWhatWasAcknowledgedIsContinued(FaultyDisk.Fault fault) throws Exception {
        byte[] body = random(2 * PIECE + 100);
        Digest digest = Digest.of(body);
        for (int step = 1; step < STEPS_MAX; step += 1 + chance.nextInt(3)) {
            FaultyDisk disk = disk();
            BodyFiles files = open(disk);
            disk.plan(fault, step);
            long acknowledged = 0;
            boolean failed = false;
            try {
                for (int offset = 0; offset < body.length; offset += PIECE) {
                    bring(files, US, body, offset);
                    acknowledged = Math.min(body.length, offset + PIECE);
                }
            } catch (FaultyDisk.PowerCut | IOException broken) {
                failed = true;
            }
            boolean untouched = disk.steps() < step && !failed;
            disk.planNothing();
            disk.makeRoom();
            disk = disk.afterPowerCut();
            if (failed && chance.nextBoolean()) {
                disk.plan(FaultyDisk.Fault.POWER_CUT, 1 + chance.nextInt(20));
                disk = cutAgain(disk, body);
            }
            files = open(disk);
            PartialBodies.Standing standing = files.partial().standing(US, digest);
            String which = "seed " + seed + ", step " + step;
            if (!standing.complete()) {
                assertThat(standing.held()).as(which).isGreaterThanOrEqualTo(acknowledged);
                for (long offset = standing.held(); offset < body.length; offset += PIECE) {
                    bring(files, US, body, (int) offset);
                }
            }
            assertThat(read(files, digest)).as(which).isEqualTo(body);
            files.erase(digest);
            disk = disk.afterPowerCut();
            assertThat(open(disk).holds(digest)).as(which).isFalse();
            assertThat(keyNames(disk)).as(which).isEmpty();
            if (untouched) {
                return;
            }
        }
        throw new AssertionError("bringing a body takes more steps than that");
    }

    /** Goes on as far as the second power cut lets it. */
    private FaultyDisk cutAgain(FaultyDisk disk, byte[] body) throws Exception {
        try {
            BodyFiles files = open(disk);
            PartialBodies.Standing standing = files.partial().standing(US, Digest.of(body));
            for (long offset = standing.held(); !standing.complete() && offset < body.length; offset += PIECE) {
                bring(files, US, body, (int) offset);
            }
        } catch (FaultyDisk.PowerCut again) {
            // As planned.
        }
        disk.planNothing();
        return disk.afterPowerCut();
    }

    @Test
    void aFailedForceEndsTheNode() throws Exception {
        byte[] body = random(2 * PIECE);
        for (int step = 1; step < STEPS_MAX && stoppage.problem().isEmpty(); step++) {
            FaultyDisk disk = disk();
            BodyFiles files = open(disk);
            disk.plan(FaultyDisk.Fault.BROKEN, step);
            try {
                bring(files, US, body, 0);
            } catch (IOException broken) {
                assertThat(stoppage.problem().isPresent()).isEqualTo(disk.forceFailed());
            }
        }
        assertThat(stoppage.problem()).isPresent();
    }

    @Test
    void aPartnerThatLiesIsToldSoAndWhatItSentIsDropped() throws Exception {
        byte[] body = random(3 * PIECE);
        Digest digest = Digest.of(body);
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        byte[] first = Arrays.copyOf(body, PIECE);

        requireRefused("body.too-large", files, piece(digest, 11L * PIECE, 0, first), first);
        requireRefused("body.piece-malformed", files, piece(digest, 0, 0, first), first);
        requireRefused("body.piece-malformed", files, piece(digest, 3L * PIECE, 1, first), first);
        requireRefused("body.piece-malformed", files, piece(digest, 3L * PIECE, 3L * PIECE, first), first);
        requireRefused("body.piece-malformed", files, piece(digest, 3L * PIECE, -PIECE, first), first);
        requireRefused("body.piece-out-of-place", files, piece(digest, 3L * PIECE, PIECE, first), first);
        requireRefused("body.piece-damaged", files, piece(digest, 3L * PIECE, 0, first), random(PIECE));
        requireRefused("body.piece-malformed", files, piece(digest, 3L * PIECE, 0, first), random(PIECE - 1));
        requireRefused("body.piece-malformed", files, piece(digest, 3L * PIECE, 0, first), random(PIECE + 1));
        assertThat(folder(disk, "bodies").names()).isEmpty();
        assertThat(keyNames(disk)).isEmpty();

        bring(files, US, body, 0);
        requireRefused("body.piece-out-of-place", files, piece(digest, 3L * PIECE, 0, first), first);
        requireRefused("body.piece-out-of-place", files, piece(digest, 3L * PIECE, 2L * PIECE, first), first);
        requireRefused("body.piece-damaged", files, piece(digest, 3L * PIECE, PIECE, first), random(PIECE));
        bring(files, US, body, PIECE);
        byte[] other = random(PIECE);
        requireRefused("body.not-the-one-named", files, piece(digest, 3L * PIECE, 2L * PIECE, other), other);
        assertThat(files.partial().standing(US, digest)).isEqualTo(new PartialBodies.Standing(0, false));
        assertThat(folder(disk, "bodies").names()).isEmpty();

        bring(files, US, body, 0);
        requireRefused("body.piece-other-total", files, piece(digest, 4L * PIECE, PIECE, first), first);
        assertThat(files.partial().standing(US, digest)).isEqualTo(new PartialBodies.Standing(0, false));
        assertThat(keyNames(disk)).isEmpty();
        for (int offset = 0; offset < body.length; offset += PIECE) {
            bring(files, US, body, offset);
        }
        assertThat(read(files, digest)).isEqualTo(body);
    }

    @Test
    void aPieceThatBreaksOffIsNotCounted() throws Exception {
        byte[] body = random(2 * PIECE);
        BodyFiles files = open(disk());
        bring(files, US, body, 0);
        InputStream lost = new FilterInputStream(new ByteArrayInputStream(random(PIECE / 2))) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                if (count < 0) {
                    throw new IOException("the connection is lost");
                }
                return count;
            }
        };
        byte[] second = Arrays.copyOfRange(body, PIECE, 2 * PIECE);
        assertThatThrownBy(() -> files.partial().take(US, piece(Digest.of(body), body.length, PIECE, second), lost))
                .hasMessage("the connection is lost");
        assertThat(files.partial().standing(US, Digest.of(body)).held()).isEqualTo(PIECE);
        bring(files, US, body, PIECE);
        assertThat(read(files, Digest.of(body))).isEqualTo(body);
    }

    @Test
    void whatOnePartnerBeganNoOtherContinues() throws Exception {
        byte[] body = random(2 * PIECE);
        BodyFiles files = open(disk());
        bring(files, US, body, 0);
        assertThat(files.partial().standing(GT, Digest.of(body)).held()).isZero();
        assertThatThrownBy(() -> bring(files, GT, body, PIECE)).hasMessageStartingWith("body.piece-out-of-place");
        bring(files, GT, body, 0);
        bring(files, GT, body, PIECE);
        assertThat(files.partial().standing(US, Digest.of(body)).complete()).isTrue();
        assertThat(bring(files, US, body, PIECE).complete()).isTrue();
        assertThat(read(files, Digest.of(body))).isEqualTo(body);
    }

    @Test
    void fewBodiesOfAPartnerAreUnderWayAndWhatRestsIsSwept() throws Exception {
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        for (int number = 0; number < PartialBodies.BODIES_MAX; number++) {
            bring(files, US, random(2 * PIECE), 0);
        }
        byte[] fifth = random(2 * PIECE);
        assertThatThrownBy(() -> bring(files, US, fifth, 0)).hasMessageStartingWith("body.too-many-under-way");
        bring(files, GT, fifth, 0);
        byte[] long1 = random(9 * PIECE);
        assertThatThrownBy(() -> bring(files, GT, long1, 0)).hasMessageStartingWith("body.too-many-under-way");

        assertThat(files.sweep(Instant.now().minusSeconds(3_600), body -> true)).isZero();
        assertThat(files.sweep(Instant.now().plusSeconds(3_600), body -> true)).isEqualTo(5);
        assertThat(folder(disk, "bodies").names()).isEmpty();
        assertThat(keyNames(disk)).isEmpty();
        bring(files, US, fifth, 0);
    }

    @Test
    void whatWasLeftLongAgoMakesRoomForWhatItsPartnerBegins() throws Exception {
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        for (int number = 0; number < PartialBodies.BODIES_MAX; number++) {
            bring(files, US, random(2 * PIECE), 0);
        }
        String oldest = folder(disk, "bodies").names().getFirst();
        Files.setLastModifiedTime(
                disk.root().resolve("bodies").resolve(oldest),
                java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(4_000)));
        bring(files, US, random(2 * PIECE), 0);
        assertThat(folder(disk, "bodies").names()).hasSize(4).doesNotContain(oldest);
    }

    private void requireRefused(String code, BodyFiles files, PartialBodies.Piece piece, byte[] content) {
        assertThatThrownBy(() -> files.partial().take(US, piece, new ByteArrayInputStream(content)))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    private static PartialBodies.Piece piece(Digest body, long total, long offset, byte[] content) {
        return new PartialBodies.Piece(body, total, offset, Digest.of(content));
    }

    private static PartialBodies.Standing bring(BodyFiles files, PartyCode partner, byte[] body, int offset)
            throws IOException, Malformed {
        byte[] content = Arrays.copyOfRange(body, offset, Math.min(body.length, offset + PIECE));
        return files.partial()
                .take(partner, piece(Digest.of(body), body.length, offset, content), new ByteArrayInputStream(content));
    }

    private static byte[] read(BodyFiles files, Digest digest) throws IOException, Malformed {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        files.write(digest, body);
        return body.toByteArray();
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        chance.nextBytes(bytes);
        return bytes;
    }

    private FaultyDisk disk() throws IOException {
        FaultyDisk disk = new FaultyDisk(chance);
        Files.createDirectory(disk.root().resolve("bodies"));
        Files.createDirectory(disk.root().resolve("keys"));
        NodeHome.forceFolder(disk.root().resolve("bodies"));
        open(disk);
        return disk;
    }

    @Test
    void whatAnOlderNodeCutIntoOtherPiecesIsBegunAnew() throws Exception {
        byte[] body = random(3 * PIECE);
        FaultyDisk disk = disk();
        bring(open(disk), US, body, 0);
        bring(open(disk), US, body, PIECE);

        BodyFiles files = open(disk, new BodyFiles.Limits(10L * PIECE, 2 * PIECE));
        assertThat(files.partial().standing(US, Digest.of(body))).isEqualTo(new PartialBodies.Standing(0, false));
        for (int offset = 0; offset < body.length; offset += 2 * PIECE) {
            byte[] piece = Arrays.copyOfRange(body, offset, Math.min(body.length, offset + 2 * PIECE));
            files.partial()
                    .take(
                            US,
                            new PartialBodies.Piece(Digest.of(body), body.length, offset, Digest.of(piece)),
                            new ByteArrayInputStream(piece));
        }
        assertThat(read(files, Digest.of(body))).isEqualTo(body);
    }

    private BodyFiles open(FaultyDisk disk) throws IOException {
        return open(disk, LIMITS);
    }

    private BodyFiles open(FaultyDisk disk, BodyFiles.Limits limits) throws IOException {
        try {
            BodyKeys keys = BodyKeys.open(folder(disk, "keys"), new byte[16], new SecureRandom());
            BodyFiles files = new BodyFiles(
                    folder(disk, "bodies"),
                    keys,
                    new DiskSpace(Path.of(System.getProperty("java.io.tmpdir")), 0),
                    stoppage,
                    limits);
            files.makeReady();
            return files;
        } catch (Malformed never) {
            throw new AssertionError(never);
        }
    }

    private static Folder folder(FaultyDisk disk, String name) {
        return new DiskFolder(disk.root().resolve(name));
    }

    private static List<String> keyNames(FaultyDisk disk) throws IOException {
        return folder(disk, "keys").names().stream()
                .filter(name -> name.matches("[0-9a-f]{64}.*"))
                .map(name -> name.substring(0, name.length() - ".sealed".length()))
                .toList();
    }

    private static void requireNowhere(FaultyDisk disk, byte[] sought) throws IOException {
        for (String name : folder(disk, "bodies").names()) {
            try (InputStream file = folder(disk, "bodies").open(name)) {
                assertThat(HexFormat.of().formatHex(file.readAllBytes()))
                        .doesNotContain(HexFormat.of().formatHex(sought));
            }
        }
    }
}
