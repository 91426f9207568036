package org.entente.evidence.tile;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;

/** The parts of a tile's address as text, read and written. */
final class AddressText {
    static final Pattern PATH =
            Pattern.compile("tile/(?<level>[^/]+)/(?<index>[^/.]+(?:/[^/.]+)*)(?:\\.p/(?<width>[^/]+))?");
    private static final Pattern LEVEL = Pattern.compile("[0-9]|[1-9][0-9]");
    private static final Pattern INDEX = Pattern.compile("(?:x[0-9]{3}/)*[0-9]{3}");
    private static final Pattern WIDTH = Pattern.compile("[1-9][0-9]{0,2}");

    /** Five elements of three digits hold every index; six would hold numbers that no log reaches. */
    private static final int INDEX_LENGTH_MAX = 4 * 5 + 3;

    private AddressText() {}

    static int level(String text, String path) throws Malformed {
        if (!LEVEL.matcher(text).matches() || Integer.parseInt(text) > TilePath.LEVEL_MAX) {
            throw new Malformed("tile.path-level", path, Integer.toString(TilePath.LEVEL_MAX));
        }
        return Integer.parseInt(text);
    }

    static long index(String text, int level, String path) throws Malformed {
        if (!INDEX.matcher(text).matches() || text.startsWith("x000/")) {
            throw new Malformed("tile.path-index", path);
        }
        if (text.length() > INDEX_LENGTH_MAX) {
            throw new Malformed("tile.path-beyond", path);
        }
        long index = Long.parseLong(text.replace("x", "").replace("/", ""));
        if (index >= count(level)) {
            throw new Malformed("tile.path-beyond", path);
        }
        return index;
    }

    static int width(String text, String path) throws Malformed {
        if (!WIDTH.matcher(text).matches() || Integer.parseInt(text) >= TilePath.WIDTH_MAX) {
            throw new Malformed("tile.path-width", path);
        }
        return Integer.parseInt(text);
    }

    /** How many tiles the largest log has at a level. */
    static long count(int level) {
        return 1L << (8 * (TilePath.LEVEL_MAX - level));
    }

    static void require(int level, long index, int width) {
        boolean placed = level >= 0 && level <= TilePath.LEVEL_MAX && index >= 0 && index < count(level);
        if (!placed || width < 1 || width > TilePath.WIDTH_MAX) {
            throw new IllegalArgumentException("no tile at " + level + ", " + index + ", " + width);
        }
    }

    /** The index in elements of three digits, all but the last behind an x, and the width unless it is full. */
    static String path(String level, TilePath at) {
        StringBuilder path = new StringBuilder(digits(at.index()));
        for (long above = at.index() / 1000; above > 0; above /= 1000) {
            path.insert(0, "x" + digits(above) + "/");
        }
        path.insert(0, "tile/" + level + "/");
        return at.full()
                ? path.toString()
                : path.append(".p/").append(at.width()).toString();
    }

    /** The last three decimal digits. */
    private static String digits(long number) {
        return Long.toString(1000 + number % 1000).substring(1);
    }
}
