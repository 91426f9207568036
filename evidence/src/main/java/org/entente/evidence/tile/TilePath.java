package org.entente.evidence.tile;

import java.util.regex.Matcher;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;

/**
 * The address of one immutable file of a published log (C2SP tlog-tiles): a tile of hashes or a bundle of entries. Every
 * address has exactly one text and is read strictly.
 *
 * <p>Departure from the specification: levels go up to {@value #LEVEL_MAX}, not 63, so a log has at most
 * {@value #SIZE_MAX} entries, and all arithmetic on places stays far from overflow.
 */
public sealed interface TilePath permits TileAt, BundleAt {
    /** How many hashes or entries a full one holds. */
    int WIDTH_MAX = 256;

    /** The highest level of tiles. */
    int LEVEL_MAX = 5;

    /** The size of the largest log, 2^48 - 1. */
    long SIZE_MAX = (1L << (8 * (LEVEL_MAX + 1))) - 1;

    /** Greatest length of the text of an address. */
    int LENGTH_MAX = 64;

    /** The place among those of its kind and level, from 0. */
    long index();

    /** How many hashes or entries, 1 to {@value #WIDTH_MAX}. */
    int width();

    /** The address below the log's prefix, without a slash before it: {@code tile/0/x001/x234/067.p/8}. */
    String path();

    /** How many bytes the file has at most. */
    int bytesMax();

    default boolean full() {
        return width() == WIDTH_MAX;
    }

    /**
     * Reads an address; text that another text of the same address would equal is refused.
     *
     * @throws Malformed with {@code tile.path-malformed}, {@code tile.path-level}, {@code tile.path-index},
     *     {@code tile.path-beyond} or {@code tile.path-width}
     */
    static TilePath parse(String path) throws Malformed {
        String shown = Problem.shown(path);
        Matcher parts = AddressText.PATH.matcher(path);
        if (path.length() > LENGTH_MAX || !parts.matches()) {
            throw new Malformed("tile.path-malformed", shown);
        }
        boolean entries = parts.group("level").equals("entries");
        int level = entries ? 0 : AddressText.level(parts.group("level"), shown);
        long index = AddressText.index(parts.group("index"), level, shown);
        String partial = parts.group("width");
        int width = partial == null ? WIDTH_MAX : AddressText.width(partial, shown);
        return entries ? new BundleAt(index, width) : new TileAt(level, index, width);
    }
}
