package org.entente.node.tile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.tile.BundleAt;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.tile.TileSource;
import org.entente.node.home.NodeHome;

/**
 * The files of one log. A reader sees a whole file or none; after {@link #force} the files written since are durable, names
 * included. Writing is for one thread at a time.
 */
final class TileFolder implements TileSource {
    private final Path folder;

    /** By folder, something in it whose name is not forced yet. */
    private final Map<Path, Path> written = new LinkedHashMap<>();

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

    /** Whether a bundle of entries lies here that a log of this size does not have. */
    boolean reachesBeyond(long size) {
        BundleAt last = new BundleAt(size / TilePath.WIDTH_MAX, TilePath.WIDTH_MAX);
        if (Files.exists(folder.resolve(last.path()))) {
            return true;
        }
        try (Stream<Path> partial = Files.list(folder.resolve(last.path() + ".p"))) {
            return partial.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.matches("[1-9][0-9]{0,2}"))
                    .anyMatch(width -> Integer.parseInt(width) > size % TilePath.WIDTH_MAX);
        } catch (NoSuchFileException nothing) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes a file whole; its bytes are durable on return, its name after {@link #force}. */
    void write(TilePath path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path.path());
        create(file.resolveSibling(".").normalize());
        NodeHome.replace(file, bytes);
        written.put(file.resolveSibling(".").normalize(), file);
    }

    /** Makes a folder; its name stands in the one above, which is then to be forced too. */
    private void create(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            Path above = wanted.resolveSibling(".").normalize();
            create(above);
            Files.createDirectory(wanted);
            written.put(above, wanted);
        }
    }

    /** Makes durable the names of what was written since the last time. */
    void force() throws IOException {
        for (Path one : written.values()) {
            NodeHome.forceFolder(one);
        }
        written.clear();
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
            written.remove(partials);
        }
    }
}
