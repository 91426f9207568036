package org.entente.node.tile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.tile.TileSource;

/**
 * The files of one log. A reader sees a whole file or none; after {@link #force} the files written since are durable, names
 * included. Writing is for one thread at a time.
 */
final class TileFolder implements TileSource {
    private static final String DRAFT = ".draft";

    private final Path folder;
    private final Set<Path> touched = new LinkedHashSet<>();

    TileFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        try (InputStream file = Files.newInputStream(folder.resolve(path.path()))) {
            return Optional.of(file.readNBytes(path.bytesMax() + 1));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes a file whole; if it is to be forced, its bytes are durable on return, its name after {@link #force}. */
    void write(TilePath path, byte[] bytes, boolean forced) throws IOException {
        Path file = folder.resolve(path.path());
        Path parent = file.resolveSibling(".").normalize();
        create(parent);
        Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            if (forced) {
                force(channel, draft);
            }
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        touched.add(parent);
    }

    /** Makes a folder; its name stands in the one above, which is then to be forced too. */
    private void create(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            Path above = wanted.resolveSibling(".").normalize();
            create(above);
            Files.createDirectory(wanted);
            touched.add(above);
        }
    }

    /** Makes durable the names of what was written since the last time. */
    void force() throws IOException {
        for (Path one : touched) {
            try (FileChannel channel = FileChannel.open(one, StandardOpenOption.READ)) {
                force(channel, one);
            }
        }
        touched.clear();
    }

    private static void force(FileChannel channel, Path file) throws NotForced {
        try {
            channel.force(true);
        } catch (IOException failed) {
            throw new NotForced(file, failed);
        }
    }

    /** Removes the partial files of what is full now; that they are gone need not survive a crash. */
    void dropPartials(TilePath full) throws IOException {
        Path partials = folder.resolve(full.path() + ".p");
        if (Files.isDirectory(partials)) {
            List<Path> files;
            try (Stream<Path> listed = Files.list(partials)) {
                files = listed.toList();
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(partials);
            touched.remove(partials);
        }
    }
}
