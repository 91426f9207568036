package org.entente.node.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.SmallDisk;
import org.entente.node.home.Stoppage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyFilesTest {
    private static final int BODY_BYTES = 20 << 20;

    @TempDir
    Path folder;

    @Test
    void aBodyThatFillsTheDiskLeavesNothing() throws Exception {
        byte[] body = new byte[BODY_BYTES];
        Digest digest = Digest.of(body);
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 64)) {
            BodyFiles withoutReserve = files(disk.folder(), new DiskSpace(disk.folder(), 0));
            disk.fillBut(BODY_BYTES / 2);
            assertThatThrownBy(() -> withoutReserve.keep(digest, new ByteArrayInputStream(body)))
                    .isInstanceOf(IOException.class)
                    .satisfies(
                            failure -> assertThat(DiskSpace.isBehind(failure)).isTrue());
            assertNothingKept(disk, withoutReserve, digest);

            BodyFiles withReserve = files(disk.folder(), new DiskSpace(disk.folder(), BODY_BYTES));
            disk.makeRoom();
            disk.fillBut(BODY_BYTES + (BODY_BYTES >> 1));
            assertThatThrownBy(() -> withReserve.keep(digest, new ByteArrayInputStream(body)))
                    .isInstanceOf(DiskSpace.DiskFull.class);
            assertNothingKept(disk, withReserve, digest);

            disk.makeRoom();
            withReserve.keep(digest, new ByteArrayInputStream(body));
            assertThat(withReserve.holds(digest)).isTrue();
        }
    }

    @Test
    void aBodyOfAnotherDigestLeavesNothing() throws Exception {
        Path bodies = Files.createDirectories(folder.resolve("bodies"));
        BodyFiles files = files(bodies, new DiskSpace(folder, 0));
        Digest expected = Digest.of(new byte[] {1});
        InputStream other = new ByteArrayInputStream(new byte[] {2});
        assertThatThrownBy(() -> files.keep(expected, other))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("body.not-the-one-named"));
        assertThat(bodies).isEmptyDirectory();
    }

    private BodyFiles files(Path bodies, DiskSpace disk) throws Exception {
        BodyKeys keys = BodyKeys.open(DiskFolder.make(folder.resolve("body-keys")), new byte[16], new SecureRandom());
        return new BodyFiles(new DiskFolder(bodies), keys, disk, new Stoppage());
    }

    private static void assertNothingKept(SmallDisk disk, BodyFiles files, Digest digest) throws IOException {
        assertThat(files.holds(digest)).isFalse();
        try (Stream<Path> left = Files.list(disk.folder())) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("ballast");
        }
    }
}
