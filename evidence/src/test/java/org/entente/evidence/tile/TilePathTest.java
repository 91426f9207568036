package org.entente.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilePathTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    @ParameterizedTest
    @CsvSource({
        "tile/0/000, 0, 0, 256",
        "tile/0/x001/x234/067, 0, 1234067, 256",
        "tile/2/x001/x234/067.p/1, 2, 1234067, 1",
        "tile/0/999.p/255, 0, 999, 255",
        "tile/0/x001/000, 0, 1000, 256",
        "tile/1/x016/x777/215, 1, 16777215, 256",
        "tile/5/000.p/17, 5, 0, 17",
        "tile/0/x001/x099/x511/x627/775, 0, 1099511627775, 256",
    })
    void anAddressOfATileIsReadAndWritten(String path, int level, long index, int width) throws Malformed {
        assertThat(TilePath.parse(path)).isEqualTo(new TileAt(level, index, width));
        assertThat(new TileAt(level, index, width).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "tile/entries/000, 0, 256",
        "tile/entries/x001/x234/067.p/8, 1234067, 8",
        "tile/entries/x001/x099/x511/x627/775.p/255, 1099511627775, 255",
    })
    void anAddressOfABundleIsReadAndWritten(String path, long index, int width) throws Malformed {
        assertThat(TilePath.parse(path)).isEqualTo(new BundleAt(index, width));
        assertThat(new BundleAt(index, width).path()).isEqualTo(path);
        assertThat(path.length()).isLessThanOrEqualTo(TilePath.LENGTH_MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "'', path-malformed",
        "/tile/0/000, path-malformed",
        "tile/0, path-malformed",
        "tile/0/, path-malformed",
        "tile//000, path-malformed",
        "Tile/0/000, path-malformed",
        "tile/0/000/, path-malformed",
        "tile/0//000, path-malformed",
        "tile/0/000.p, path-malformed",
        "tile/0/000.p/, path-malformed",
        "tile/0/000.p/1/2, path-malformed",
        "tile/0/000.q/1, path-malformed",
        "tile/0/000.p/1.p/1, path-malformed",
        "tile/0/../000, path-malformed",
        "checkpoint, path-malformed",
        "tile/0/x111/x111/x111/x111/x111/x111/x111/x111/x111/x111/x111/111, path-malformed",
        "tile/6/000, path-level",
        "tile/63/000, path-level",
        "tile/64/000, path-level",
        "tile/00/000, path-level",
        "tile/01/000, path-level",
        "tile/-1/000, path-level",
        "tile/+1/000, path-level",
        "tile/99999999999/000, path-level",
        "tile/Entries/000, path-level",
        "tile/٠/000, path-level",
        "tile/0/0, path-index",
        "tile/0/00, path-index",
        "tile/0/0000, path-index",
        "tile/0/1000, path-index",
        "tile/0/x001, path-index",
        "tile/0/001/000, path-index",
        "tile/0/x001/x000, path-index",
        "tile/0/x1/000, path-index",
        "tile/0/X001/000, path-index",
        "tile/0/x000/001, path-index",
        "tile/0/x000/x001/000, path-index",
        "tile/0/-01, path-index",
        "tile/0/00a, path-index",
        "tile/0/٠٠٠, path-index",
        "tile/0/%30%30%30, path-index",
    })
    void anAddressInAnotherFormIsRefusedForWhatIsWrongInIt(String path, String code) {
        assertThat(refusal(path)).isEqualTo("tile." + code);
    }

    @ParameterizedTest
    @CsvSource({
        "tile/0/x001/x099/x511/x627/776, path-beyond",
        "tile/entries/x001/x099/x511/x627/776, path-beyond",
        "tile/5/001, path-beyond",
        "tile/4/256, path-beyond",
        "tile/1/x004/x294/x967/296, path-beyond",
        "tile/0/x999/x999/x999/x999/999, path-beyond",
        "tile/0/x001/x000/x000/x000/x000/000, path-beyond",
        "tile/0/x009/x223/x372/x036/x854/x775/808, path-beyond",
        "tile/0/000.p/0, path-width",
        "tile/0/000.p/00, path-width",
        "tile/0/000.p/01, path-width",
        "tile/0/000.p/256, path-width",
        "tile/0/000.p/257, path-width",
        "tile/0/000.p/-1, path-width",
        "tile/0/000.p/+1, path-width",
        "tile/0/000.p/9999999999, path-width",
        "tile/0/000.p/x, path-width",
        "tile/entries/000.p/256, path-width",
    })
    void anAddressBeyondTheBoundsIsRefusedForWhatIsWrongInIt(String path, String code) {
        assertThat(refusal(path)).isEqualTo("tile." + code);
    }

    private static String refusal(String path) {
        return catchThrowableOfType(Malformed.class, () -> TilePath.parse(path))
                .problem()
                .code();
    }

    @Test
    void lineFeedsBelongToNoAddress() {
        assertThat(refusal("tile/0/000\n")).isEqualTo("tile.path-index");
        assertThat(refusal("tile/0/000.p/1\n")).isEqualTo("tile.path-width");
        assertThat(refusal("\ntile/0/000")).isEqualTo("tile.path-malformed");
    }

    @Test
    void placesThatNoLogHasCannotBeMade() {
        assertThatThrownBy(() -> new TileAt(6, 0, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TileAt(-1, 0, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TileAt(0, -1, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TileAt(0, 1L << 40, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TileAt(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BundleAt(0, 257)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BundleAt(1L << 40, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyPlaceHasOneAddressAndEveryOtherTextIsRefused() throws Malformed {
        long seed = 61;
        Random random = new Random(seed);
        String letters = "0123456789x/.pentrisl\n-X ";
        int accepted = 0;
        for (int round = 0; round < 40_000 * DEPTH; round++) {
            TilePath place = place(random);
            String path = place.path();
            assertThat(TilePath.parse(path)).as("seed %d, %s", seed, path).isEqualTo(place);
            StringBuilder text = new StringBuilder(path);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(text.length());
                char letter = letters.charAt(random.nextInt(letters.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, letter);
                    case 1 -> text.insert(at, letter);
                    default -> text.deleteCharAt(at);
                }
            }
            try {
                assertThat(TilePath.parse(text.toString()).path())
                        .as("seed %d", seed)
                        .isEqualTo(text.toString());
                accepted++;
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).startsWith("tile.path-");
            }
        }
        assertThat(accepted).isGreaterThan(1000);
    }

    private static TilePath place(Random random) {
        int level = random.nextInt(6);
        int width = random.nextBoolean() ? 256 : 1 + random.nextInt(256);
        boolean bundle = random.nextInt(4) == 0;
        long count = 1L << (8 * (5 - (bundle ? 0 : level)));
        long index = random.nextLong(1 + random.nextLong(count));
        return bundle ? new BundleAt(index, width) : new TileAt(level, index, width);
    }
}
