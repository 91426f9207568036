package org.entente.evidence.tile;

import java.util.Optional;
import org.entente.evidence.canonical.Malformed;

/** Where the files of one log come from: a folder, a store, somebody else's server. What it gives is not believed. */
@FunctionalInterface
public interface TileSource {
    /**
     * Reads the file at an address, or tells that there is none. It MUST NOT read more than {@link TilePath#bytesMax()}
     * bytes and one, and MUST throw an unchecked exception when it cannot tell.
     */
    Optional<byte[]> read(TilePath path);

    /**
     * Reads a tile, which is not yet believed. A partial tile that is gone is taken from the full one, as a log may
     * delete partial tiles that have become full.
     *
     * @throws Malformed with {@code tile.missing} or {@code tile.length}
     */
    default Tile tile(TileAt at) throws Malformed {
        Optional<byte[]> file = read(at);
        if (file.isPresent()) {
            return Tile.read(at, file.get());
        }
        if (at.full()) {
            throw new Malformed("tile.missing", at.path());
        }
        byte[] whole = read(at.whole()).orElseThrow(() -> new Malformed("tile.missing", at.path()));
        return Tile.read(at.whole(), whole).narrowed(at);
    }

    /**
     * Reads a bundle, which is not yet believed, in the same way.
     *
     * @throws Malformed with {@code tile.missing}, {@code tile.bundle-short} or {@code tile.bundle-trailing}
     */
    default EntryBundle bundle(BundleAt at) throws Malformed {
        Optional<byte[]> file = read(at);
        if (file.isPresent()) {
            return EntryBundle.read(at, file.get());
        }
        if (at.full()) {
            throw new Malformed("tile.missing", at.path());
        }
        byte[] whole = read(at.whole()).orElseThrow(() -> new Malformed("tile.missing", at.path()));
        return EntryBundle.read(at.whole(), whole).narrowed(at);
    }
}
