package org.entente.evidence.tile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.entente.evidence.log.Checkpoint;

/** The files of a log in memory. */
final class LogFiles implements TileSource {
    static final String ORIGIN = "entente/log/MX/US/1";

    final Map<String, byte[]> files = new TreeMap<>();
    final List<String> read = new ArrayList<>();

    /** All files of the log whose entries are those of {@link PlainTree#entry}. */
    static LogFiles of(PlainTree tree) {
        LogFiles log = new LogFiles();
        log.files.putAll(tree.tiles());
        new TreeTiles(tree.leaves().size())
                .bundles()
                .forEach(at -> log.files.put(at.path(), bundled(at).bytes()));
        return log;
    }

    static EntryBundle bundled(BundleAt at) {
        List<byte[]> entries = new ArrayList<>();
        for (int place = 0; place < at.width(); place++) {
            entries.add(PlainTree.entry(at.index() * 256 + place));
        }
        return EntryBundle.of(at, entries);
    }

    static Checkpoint checkpoint(PlainTree tree) {
        return new Checkpoint(ORIGIN, tree.leaves().size(), tree.root());
    }

    byte[] file(String path) {
        return Objects.requireNonNull(files.get(path), path);
    }

    /** Changes one byte of one file. */
    LogFiles changed(String path, int at) {
        LogFiles log = new LogFiles();
        log.files.putAll(files);
        byte[] file = file(path).clone();
        file[at] ^= 1;
        log.files.put(path, file);
        return log;
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        read.add(path.path());
        return Optional.ofNullable(files.get(path.path()));
    }
}
