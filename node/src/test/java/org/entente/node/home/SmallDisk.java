package org.entente.node.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of some megabytes, in memory. To mount one takes root: elsewhere the test is skipped, or fails where nothing may
 * be skipped.
 */
public final class SmallDisk implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 12;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    public static SmallDisk mount(Path folder, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int exit = run("mount", "-t", "tmpfs", "-o", "mode=755,size=" + mebibytes + "m", "tmpfs", folder.toString());
        if ("1".equals(System.getenv("ENTENTE_REQUIRE_ALL"))) {
            assertThat(exit).as("a small disk is mounted, which takes root").isZero();
        }
        assumeThat(exit).as("a small disk is mounted, which takes root").isZero();
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Leaves this many bytes free, to a page or two. */
    public void fillBut(long bytes) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            for (long left = Files.getFileStore(folder).getUsableSpace() - bytes; left > 0; left -= CHUNK_BYTES) {
                ballast.write(chunk);
            }
        }
    }

    public void makeRoom() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "--lazy", folder.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
