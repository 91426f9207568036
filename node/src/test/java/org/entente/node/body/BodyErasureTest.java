package org.entente.node.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.body.BodyReference;
import org.entente.node.disk.FaultyDisk;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Folder;
import org.entente.node.home.NodeHome;
import org.entente.node.home.Stoppage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies at rest on a disk whose power fails. */
class BodyErasureTest {
    private static final byte[] PASSPHRASE = new byte[16];
    private static final String BODIES = "bodies";
    private static final String KEYS = "keys";
    private static final int STEPS_MAX = 200;

    private final long seed = new SecureRandom().nextLong();
    private final Random chance = new Random(seed);
    private final Stoppage stoppage = new Stoppage();

    @Test
    void anyOrderOfKeepingReadingErasingAndPowerFailuresIsWhatAPlainMapSays() throws Exception {
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        List<byte[]> bodies = new ArrayList<>();
        for (int size : new int[] {1, 15, 65_535, 65_536, 65_537, 131_072, 200_000}) {
            bodies.add(random(size));
        }
        Map<Digest, byte[]> model = new HashMap<>();
        for (int time = 0; time < 120; time++) {
            byte[] body = bodies.get(chance.nextInt(bodies.size()));
            Digest digest = Digest.of(body);
            boolean keeps = chance.nextBoolean();
            disk.plan(FaultyDisk.Fault.POWER_CUT, 1 + chance.nextInt(60));
            boolean failed = false;
            try {
                if (keeps) {
                    files.keep(digest, new ByteArrayInputStream(body));
                } else {
                    files.erase(digest);
                }
            } catch (FaultyDisk.PowerCut power) {
                failed = true;
            }
            disk.planNothing();
            if (failed || chance.nextInt(8) == 0) {
                disk = disk.afterPowerCut();
                files = open(disk);
            }
            if (!failed || files.holds(digest) == keeps) {
                if (keeps) {
                    model.put(digest, body);
                } else {
                    model.remove(digest);
                }
            }
            for (byte[] one : bodies) {
                assertThat(model.containsKey(Digest.of(one)))
                        .as("seed %d, time %d", seed, time)
                        .isEqualTo(files.holds(Digest.of(one)));
                if (files.holds(Digest.of(one))) {
                    assertThat(read(files, Digest.of(one)))
                            .as("seed %d, time %d", seed, time)
                            .isEqualTo(one);
                }
            }
        }
    }

    @Test
    void whereverThePowerFailsABodyIsReadableOrErased() throws Exception {
        byte[] body = random(70_000);
        Digest digest = Digest.of(body);
        for (int step = 0; step < STEPS_MAX; step++) {
            FaultyDisk disk = disk();
            BodyFiles files = open(disk);
            files.keep(digest, new ByteArrayInputStream(body));
            byte[] key = open(disk, KEYS).read(digest);
            disk.plan(FaultyDisk.Fault.POWER_CUT, step + 1);
            boolean failed = false;
            try {
                files.erase(digest);
            } catch (FaultyDisk.PowerCut power) {
                failed = true;
            }
            disk = disk.afterPowerCut();
            files = open(disk);
            if (files.holds(digest)) {
                assertThat(read(files, digest))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(body);
            } else {
                BodyFiles gone = files;
                assertThatThrownBy(() -> read(gone, digest))
                        .isInstanceOfSatisfying(Malformed.class, problem("exchange.body-missing"));
            }
            files.erase(digest);
            files.erase(digest);
            assertThat(files.holds(digest)).isFalse();
            assertThat(files.all()).isEmpty();
            requireNowhere(disk.afterPowerCut(), key);
            if (!failed) {
                return;
            }
        }
        throw new AssertionError("erasing takes more steps than that");
    }

    @Test
    void afterTheEndNeitherTheBodyNorItsKeyLiesAnywhere() throws Exception {
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        byte[] body = random(70_000);
        Digest digest = Digest.of(body);
        files.keep(digest, new ByteArrayInputStream(body));
        requireNowhere(disk, java.util.Arrays.copyOf(body, 64));
        byte[] copy;
        try (var kept = folder(disk, BODIES).open(digest.hex())) {
            copy = kept.readAllBytes();
        }
        files.erase(digest);
        assertThat(files.holds(digest)).isFalse();
        requireNowhere(disk, java.util.Arrays.copyOf(copy, 64));
        put(disk, BODIES, digest.hex(), copy);
        assertThat(files.holds(digest)).isFalse();
        assertThatThrownBy(() -> read(files, digest))
                .isInstanceOfSatisfying(Malformed.class, problem("exchange.body-missing"));
    }

    @Test
    void whatIsNotTheBodyOrNotItsKeyIsNamed() throws Exception {
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        byte[] body = random(140_000);
        byte[] other = random(140_000);
        Digest digest = Digest.of(body);
        Digest otherDigest = Digest.of(other);
        files.keep(digest, new ByteArrayInputStream(body));
        files.keep(otherDigest, new ByteArrayInputStream(other));
        byte[] file = bytes(folder(disk, BODIES), digest.hex());
        byte[] otherFile = bytes(folder(disk, BODIES), otherDigest.hex());
        byte[] key = bytes(folder(disk, KEYS), digest.hex() + ".sealed");
        byte[] otherKey = bytes(folder(disk, KEYS), otherDigest.hex() + ".sealed");

        for (int time = 0; time < 50; time++) {
            byte[] changed = file.clone();
            changed[chance.nextInt(changed.length)] ^= (byte) (1 << chance.nextInt(8));
            requireRefused(disk, files, digest, changed, "body.at-rest-damaged", "body.at-rest-unknown");
            byte[] cut = java.util.Arrays.copyOf(file, chance.nextInt(file.length));
            requireRefused(disk, files, digest, cut, "body.at-rest-damaged", "body.at-rest-unknown");
        }
        byte[] followed = java.util.Arrays.copyOf(file, file.length + 1);
        requireRefused(disk, files, digest, followed, "body.at-rest-damaged");
        requireRefused(disk, files, digest, otherFile, "body.at-rest-damaged");
        requireRefused(disk, files, digest, body, "body.at-rest-unknown");
        put(disk, BODIES, digest.hex(), file);
        put(disk, KEYS, digest.hex() + ".sealed", otherKey);
        assertThatThrownBy(() -> read(files, digest)).isInstanceOfSatisfying(Malformed.class, problem("keys.damaged"));
        put(disk, KEYS, digest.hex() + ".sealed", key);
        assertThat(read(files, digest)).isEqualTo(body);
    }

    @Test
    void bodiesOfAnOlderHomeAreBroughtOverWhereverThePowerFails() throws Exception {
        byte[] body = random(70_000);
        byte[] notThatBody = random(10);
        Digest digest = Digest.of(body);
        Digest damaged = Digest.of(random(20));
        for (int step = 0; step < STEPS_MAX; step++) {
            FaultyDisk disk = disk();
            BodyKeys.open(folder(disk, KEYS), PASSPHRASE, new SecureRandom());
            put(disk, BODIES, digest.hex(), body);
            put(disk, BODIES, damaged.hex(), notThatBody);
            disk.plan(FaultyDisk.Fault.POWER_CUT, step + 1);
            boolean failed = false;
            try {
                open(disk);
            } catch (FaultyDisk.PowerCut power) {
                failed = true;
            }
            disk = disk.afterPowerCut();
            BodyFiles files = open(disk);
            assertThat(read(files, digest)).as("seed %d, step %d", seed, step).isEqualTo(body);
            assertThat(bytes(folder(disk, BODIES), digest.hex())).isNotEqualTo(body);
            assertThat(files.holds(damaged)).isFalse();
            if (!failed) {
                return;
            }
        }
        throw new AssertionError("bringing over takes more steps than that");
    }

    @Test
    void orphansGoAfterTheirTimeAndWhatIsWantedStays() throws Exception {
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        byte[] wanted = random(10);
        byte[] orphan = random(11);
        byte[] keyAlone = random(12);
        for (byte[] body : List.of(wanted, orphan, keyAlone)) {
            files.keep(Digest.of(body), new ByteArrayInputStream(body));
        }
        folder(disk, BODIES).delete(Digest.of(keyAlone).hex());
        Instant now = Instant.now();
        assertThat(files.sweep(now.minus(Duration.ofDays(7)), Digest.of(wanted)::equals))
                .isZero();
        assertThat(files.sweep(now.plusSeconds(1), Digest.of(wanted)::equals)).isEqualTo(2);
        assertThat(files.all()).containsExactly(Digest.of(wanted));
        assertThat(read(files, Digest.of(wanted))).isEqualTo(wanted);
    }

    @Test
    void whatIsFoundForAStatementWhileTheSweepLooksIsNotSwept() throws Exception {
        FaultyDisk disk = disk();
        BodyFiles files = open(disk);
        byte[] found = random(10);
        byte[] refused = random(11);
        for (byte[] body : List.of(found, refused)) {
            files.keep(Digest.of(body), new ByteArrayInputStream(body));
            files.expire(Digest.of(body));
        }
        BodyReference reference = new BodyReference(Digest.of(found), found.length, Digest.of(found));
        // The statement that names it was looked up before it was recorded.
        assertThat(files.sweep(Instant.now().minus(Duration.ofDays(7)), body -> {
                    files.present(List.of(reference));
                    return false;
                }))
                .isEqualTo(1);
        assertThat(files.holds(Digest.of(found))).isTrue();
        assertThat(files.holds(Digest.of(refused))).isFalse();
        assertThat(files.eraseUnless(Digest.of(found), body -> true)).isFalse();
        assertThat(files.eraseUnless(Digest.of(found), body -> false)).isTrue();
        assertThat(files.holds(Digest.of(found))).isFalse();
    }

    /** Wherever the disk runs full or breaks, nothing is half there: the body is kept as a whole, or it can be brought again. */
    @ParameterizedTest
    @EnumSource(
            value = FaultyDisk.Fault.class,
            names = {"FULL", "BROKEN"})
    void whereverTheDiskRunsFullOrBreaksABodyIsThereOrCanBeBroughtAgain(FaultyDisk.Fault fault) throws Exception {
        byte[] body = random(70_000);
        Digest digest = Digest.of(body);
        for (int step = 1; step < STEPS_MAX; step++) {
            FaultyDisk disk = disk();
            Stoppage stops = new Stoppage();
            BodyFiles files = open(disk, stops);
            disk.plan(fault, step);
            boolean failed = false;
            try {
                files.keep(digest, new ByteArrayInputStream(body));
            } catch (IOException refused) {
                failed = true;
            }
            assertThat(stops.problem().isPresent())
                    .as(
                            "seed %d, step %d: a disk that could not force ends the node, and nothing else does",
                            seed, step)
                    .isEqualTo(disk.forceFailed());
            stops.problem().ifPresent(problem -> assertThat(problem.code()).isEqualTo("node.body-not-forced"));
            disk.planNothing();
            disk.makeRoom();
            if (disk.forceFailed()) {
                disk = disk.afterPowerCut();
            }
            files = open(disk, new Stoppage());
            if (!failed) {
                assertThat(read(files, digest)).isEqualTo(body);
                return;
            }
            files.keep(digest, new ByteArrayInputStream(body));
            assertThat(read(files, digest)).as("seed %d, step %d", seed, step).isEqualTo(body);
            assertThat(files.all()).containsExactly(digest);
        }
        throw new AssertionError("keeping takes more steps than that");
    }

    private BodyFiles open(FaultyDisk disk) throws IOException, Malformed {
        return open(disk, stoppage);
    }

    private static BodyFiles open(FaultyDisk disk, Stoppage stoppage) throws IOException, Malformed {
        BodyFiles files =
                new BodyFiles(folder(disk, BODIES), open(disk, KEYS), new DiskSpace(Path.of("."), 0), stoppage);
        files.makeReady();
        return files;
    }

    private static BodyKeys open(FaultyDisk disk, String folder) throws IOException, Malformed {
        return BodyKeys.open(folder(disk, folder), PASSPHRASE, new SecureRandom());
    }

    private static byte[] read(BodyFiles files, Digest digest) throws IOException, Malformed {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        files.write(digest, body);
        return body.toByteArray();
    }

    private static byte[] bytes(Folder folder, String name) throws IOException {
        try (var file = folder.open(name)) {
            return file.readAllBytes();
        }
    }

    private static void requireRefused(FaultyDisk disk, BodyFiles files, Digest digest, byte[] instead, String... codes)
            throws IOException {
        put(disk, BODIES, digest.hex(), instead);
        assertThatThrownBy(() -> read(files, digest))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().code()).isIn((Object[]) codes));
    }

    private static java.util.function.Consumer<Malformed> problem(String code) {
        return refused -> assertThat(refused.problem().code()).isEqualTo(code);
    }

    private static void requireNowhere(FaultyDisk disk, byte[] secret) throws IOException {
        String sought = HexFormat.of().formatHex(secret);
        for (String name : List.of(BODIES, KEYS)) {
            Folder folder = folder(disk, name);
            for (String file : folder.names()) {
                assertThat(HexFormat.of().formatHex(bytes(folder, file))).doesNotContain(sought);
            }
        }
    }

    private FaultyDisk disk() throws IOException {
        FaultyDisk disk = new FaultyDisk(chance);
        for (String name : List.of(BODIES, KEYS)) {
            Files.createDirectory(disk.root().resolve(name));
        }
        NodeHome.forceFolder(disk.root().resolve(BODIES));
        return disk;
    }

    private static Folder folder(FaultyDisk disk, String name) {
        return new DiskFolder(disk.root().resolve(name));
    }

    /** Puts the file of one name in the place of another, as a thief or a backup would. */
    private static void put(FaultyDisk disk, String folder, String name, byte[] bytes) throws IOException {
        folder(disk, folder).replace(name, bytes);
    }

    private byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        chance.nextBytes(random);
        return random;
    }
}
