package org.entente.evidence.tile;

/**
 * The place of an entry bundle, which holds the entries from index · 256 on.
 *
 * @param index the place among the bundles
 * @param width how many entries, 1 to {@value TilePath#WIDTH_MAX}; fewer only at the right edge of a log
 */
public record BundleAt(long index, int width) implements TilePath {
    public BundleAt {
        AddressText.require(0, index, width);
    }

    @Override
    public String path() {
        return AddressText.path("entries", this);
    }

    @Override
    public int bytesMax() {
        return width * (EntryBundle.PREFIX_BYTES + EntryBundle.ENTRY_BYTES_MAX);
    }

    /** The full bundle at the same place. */
    public BundleAt whole() {
        return new BundleAt(index, WIDTH_MAX);
    }

    /** The tile of the leaf hashes of these entries. */
    public TileAt leaves() {
        return new TileAt(0, index, width);
    }

    @Override
    public String toString() {
        return path();
    }
}
