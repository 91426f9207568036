package org.entente.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFilesTest {
    private static final byte[] PASSPHRASE = new byte[16];

    @TempDir
    Path folder;

    @Test
    void aDestroyedSecretIsOverwrittenAndGone() throws Exception {
        SealedFiles files = SealedFiles.create(folder, PASSPHRASE, new SecureRandom());
        files.write("epoch.1", new byte[32]);
        byte[] sealed = Files.readAllBytes(folder.resolve("epoch.1.sealed"));
        Path sameBytes = Files.createLink(folder.resolve("other-name"), folder.resolve("epoch.1.sealed"));
        files.destroy("epoch.1");
        assertThat(files.holds("epoch.1")).isFalse();
        assertThat(Files.readAllBytes(sameBytes)).hasSameSizeAs(sealed).isNotEqualTo(sealed);
        files.destroy("epoch.1");
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> files.read("epoch.1"))
                .satisfies(gone -> assertThat(gone.problem().code()).isEqualTo("keys.missing"));
    }

    @Test
    void whatACrashLeftHalfDestroyedIsNotASecretAndGoesWithTheNextStart() throws Exception {
        SealedFiles files = SealedFiles.create(folder, PASSPHRASE, new SecureRandom());
        files.write("epoch.1", new byte[32]);
        Files.move(folder.resolve("epoch.1.sealed"), folder.resolve("epoch.1.leaving"));
        assertThat(files.holds("epoch.1")).isFalse();
        SealedFiles.open(folder, PASSPHRASE, new SecureRandom());
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("epoch.1"));
        }
    }
}
