package org.entente.node.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Folder;
import org.entente.node.home.MemoryDisk;
import org.entente.node.home.NotForced;
import org.entente.node.home.Stoppage;
import org.junit.jupiter.api.Test;

/** Bodies at rest on a disk whose power fails. */
class BodyErasureTest {
    private static final byte[] PASSPHRASE = new byte[16];
    private static final String BODIES = "bodies";
    private static final String KEYS = "keys";
    private static final int STEPS_MAX = 40;

    private final long seed = new SecureRandom().nextLong();
    private final Random chance = new Random(seed);
    private final Stoppage stoppage = new Stoppage();

    @Test
    void anyOrderOfKeepingReadingErasingAndPowerFailuresIsWhatAPlainMapSays() throws Exception {
        MemoryDisk disk = new MemoryDisk(chance);
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
            disk.failAfter(chance.nextInt(STEPS_MAX));
            boolean failed = false;
            try {
                if (keeps) {
                    files.keep(digest, new ByteArrayInputStream(body));
                } else {
                    files.erase(digest);
                }
            } catch (MemoryDisk.PowerFailed power) {
                failed = true;
            }
            disk.failAfter(Integer.MAX_VALUE);
            if (failed || chance.nextInt(8) == 0) {
                disk.restart();
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
            MemoryDisk disk = new MemoryDisk(chance);
            BodyFiles files = open(disk);
            files.keep(digest, new ByteArrayInputStream(body));
            byte[] key = open(disk, KEYS).read(digest);
            disk.failAfter(step);
            boolean failed = false;
            try {
                files.erase(digest);
            } catch (MemoryDisk.PowerFailed power) {
                failed = true;
            }
            disk.restart();
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
            disk.restart();
            requireNowhere(disk, key);
            if (!failed) {
                return;
            }
        }
        throw new AssertionError("erasing takes more steps than that");
    }

    @Test
    void afterTheEndNeitherTheBodyNorItsKeyLiesAnywhere() throws Exception {
        MemoryDisk disk = new MemoryDisk(chance);
        BodyFiles files = open(disk);
        byte[] body = random(70_000);
        Digest digest = Digest.of(body);
        files.keep(digest, new ByteArrayInputStream(body));
        requireNowhere(disk, java.util.Arrays.copyOf(body, 64));
        byte[] copy;
        try (var kept = disk.folder(BODIES).open(digest.hex())) {
            copy = kept.readAllBytes();
        }
        files.erase(digest);
        assertThat(files.holds(digest)).isFalse();
        requireNowhere(disk, java.util.Arrays.copyOf(copy, 64));
        disk.put(BODIES, digest.hex(), copy);
        assertThat(files.holds(digest)).isFalse();
        assertThatThrownBy(() -> read(files, digest))
                .isInstanceOfSatisfying(Malformed.class, problem("exchange.body-missing"));
    }

    @Test
    void whatIsNotTheBodyOrNotItsKeyIsNamed() throws Exception {
        MemoryDisk disk = new MemoryDisk(chance);
        BodyFiles files = open(disk);
        byte[] body = random(140_000);
        byte[] other = random(140_000);
        Digest digest = Digest.of(body);
        Digest otherDigest = Digest.of(other);
        files.keep(digest, new ByteArrayInputStream(body));
        files.keep(otherDigest, new ByteArrayInputStream(other));
        byte[] file = bytes(disk.folder(BODIES), digest.hex());
        byte[] otherFile = bytes(disk.folder(BODIES), otherDigest.hex());
        byte[] key = bytes(disk.folder(KEYS), digest.hex() + ".sealed");
        byte[] otherKey = bytes(disk.folder(KEYS), otherDigest.hex() + ".sealed");

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
        disk.put(BODIES, digest.hex(), file);
        disk.put(KEYS, digest.hex() + ".sealed", otherKey);
        assertThatThrownBy(() -> read(files, digest)).isInstanceOfSatisfying(Malformed.class, problem("keys.damaged"));
        disk.put(KEYS, digest.hex() + ".sealed", key);
        assertThat(read(files, digest)).isEqualTo(body);
    }

    @Test
    void bodiesOfAnOlderHomeAreBroughtOverWhereverThePowerFails() throws Exception {
        byte[] body = random(70_000);
        byte[] notThatBody = random(10);
        Digest digest = Digest.of(body);
        Digest damaged = Digest.of(random(20));
        for (int step = 0; step < STEPS_MAX; step++) {
            MemoryDisk disk = new MemoryDisk(chance);
            BodyKeys.open(disk.folder(KEYS), PASSPHRASE, new SecureRandom());
            disk.put(BODIES, digest.hex(), body);
            disk.put(BODIES, damaged.hex(), notThatBody);
            disk.failAfter(step);
            boolean failed = false;
            try {
                open(disk);
            } catch (MemoryDisk.PowerFailed power) {
                failed = true;
            }
            disk.restart();
            BodyFiles files = open(disk);
            assertThat(read(files, digest)).as("seed %d, step %d", seed, step).isEqualTo(body);
            assertThat(bytes(disk.folder(BODIES), digest.hex())).isNotEqualTo(body);
            assertThat(files.holds(damaged)).isFalse();
            if (!failed) {
                return;
            }
        }
        throw new AssertionError("bringing over takes more steps than that");
    }

    @Test
    void orphansGoAfterTheirTimeAndWhatIsWantedStays() throws Exception {
        MemoryDisk disk = new MemoryDisk(chance);
        BodyFiles files = open(disk);
        byte[] wanted = random(10);
        byte[] orphan = random(11);
        byte[] keyAlone = random(12);
        for (byte[] body : List.of(wanted, orphan, keyAlone)) {
            files.keep(Digest.of(body), new ByteArrayInputStream(body));
        }
        disk.folder(BODIES).delete(Digest.of(keyAlone).hex());
        Instant now = Instant.now();
        assertThat(files.sweep(now.minus(Duration.ofDays(7)), Digest.of(wanted)::equals))
                .isZero();
        assertThat(files.sweep(now.plusSeconds(1), Digest.of(wanted)::equals)).isEqualTo(2);
        assertThat(files.all()).containsExactly(Digest.of(wanted));
        assertThat(read(files, Digest.of(wanted))).isEqualTo(wanted);
    }

    @Test
    void aFailedForceEndsTheNode() throws Exception {
        MemoryDisk disk = new MemoryDisk(chance);
        BodyFiles files = open(disk);
        byte[] body = random(10);
        disk.refuseForces();
        assertThatThrownBy(() -> files.keep(Digest.of(body), new ByteArrayInputStream(body)))
                .isInstanceOf(NotForced.class);
        assertThat(files.holds(Digest.of(body))).isFalse();
        assertThat(stoppage.problem())
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("node.body-not-forced"));
    }

    private BodyFiles open(MemoryDisk disk) throws IOException, Malformed {
        BodyFiles files =
                new BodyFiles(disk.folder(BODIES), open(disk, KEYS), new DiskSpace(Path.of("."), 0), stoppage);
        files.makeReady();
        return files;
    }

    private static BodyKeys open(MemoryDisk disk, String folder) throws IOException, Malformed {
        return BodyKeys.open(disk.folder(folder), PASSPHRASE, new SecureRandom());
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

    private static void requireRefused(
            MemoryDisk disk, BodyFiles files, Digest digest, byte[] instead, String... codes) {
        disk.put(BODIES, digest.hex(), instead);
        assertThatThrownBy(() -> read(files, digest))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().code()).isIn((Object[]) codes));
    }

    private static java.util.function.Consumer<Malformed> problem(String code) {
        return refused -> assertThat(refused.problem().code()).isEqualTo(code);
    }

    private static void requireNowhere(MemoryDisk disk, byte[] secret) {
        String sought = HexFormat.of().formatHex(secret);
        assertThat(disk.everything())
                .noneMatch(file -> HexFormat.of().formatHex(file).contains(sought));
    }

    private byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        chance.nextBytes(random);
        return random;
    }
}
