package org.entente.evidence.tile;

import org.entente.evidence.canonical.Digest;

/**
 * The place of a tile. Its hash number i is the root of the 256^level leaves from (index · 256 + i) · 256^level on.
 *
 * @param level 0 (leaf hashes) to {@value TilePath#LEVEL_MAX}
 * @param index the place among the tiles of that level
 * @param width how many hashes, 1 to {@value TilePath#WIDTH_MAX}; fewer only at the right edge of a tree
 */
public record TileAt(int level, long index, int width) implements TilePath {
    public TileAt {
        AddressText.require(level, index, width);
    }

    @Override
    public String path() {
        return AddressText.path(Integer.toString(level), this);
    }

    @Override
    public int bytesMax() {
        return width * Digest.LENGTH;
    }

    /** The full tile at the same place. */
    public TileAt whole() {
        return new TileAt(level, index, WIDTH_MAX);
    }

    @Override
    public String toString() {
        return path();
    }
}
