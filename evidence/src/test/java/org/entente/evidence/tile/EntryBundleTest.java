package org.entente.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.MerkleHash;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    @Test
    void statementsAreFoundAgainInTheirBundle() throws Malformed {
        List<Digest> ids = IntStream.range(0, 256)
                .mapToObj(i -> Digest.of(new byte[] {(byte) i}))
                .toList();
        BundleAt at = new BundleAt(3, 256);
        byte[] file = EntryBundle.ofStatements(at, ids).bytes();
        assertThat(file).hasSize(256 * (2 + 20 + 32)).startsWith(0, 52).hasSizeLessThan(at.bytesMax());
        EntryBundle read = EntryBundle.read(at, file);
        assertThat(read.statementIds()).isEqualTo(ids);
        assertThat(read.leaves().hashes().get(77)).isEqualTo(MerkleHash.statementLeaf(ids.get(77)));
        assertThat(read.leaves().at()).isEqualTo(new TileAt(0, 3, 256));
    }

    @Test
    void anEntryThatIsNoStatementsIsNamed() throws Malformed {
        byte[] id = MerkleHash.entry(Digest.of());
        byte[] other = id.clone();
        other[0] ^= 1;
        for (byte[] foreign : List.of(other, Arrays.copyOf(id, 51), Arrays.copyOf(id, 53), new byte[0], new byte[32])) {
            EntryBundle bundle = EntryBundle.of(new BundleAt(0, 2), List.of(id, foreign));
            assertThat(catchThrowableOfType(Malformed.class, bundle::statementIds)
                            .problem()
                            .toString())
                    .isEqualTo("tile.entry-foreign[tile/entries/000.p/2, 1]");
        }
    }

    @Test
    void theLongestEntryIsReadAndALongerOneCannotBeBundled() throws Malformed {
        BundleAt at = new BundleAt(0, 1);
        byte[] longest = new byte[65_535];
        byte[] file = EntryBundle.of(at, List.of(longest)).bytes();
        assertThat(file).hasSize(at.bytesMax()).startsWith(0xff, 0xff);
        assertThat(EntryBundle.read(at, file).entry(0)).isEqualTo(longest);
        assertThatThrownBy(() -> EntryBundle.of(at, List.of(new byte[65_536])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryBundle.of(at, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBundleOfAnotherLengthThanItsEntriesIsRefused() {
        byte[] file = "\0\3one\0\3two".getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length < file.length; length++) {
            byte[] torn = Arrays.copyOf(file, length);
            assertThat(refusal(2, torn)).isEqualTo("tile.bundle-short[tile/entries/000.p/2, " + length / 5 + "]");
        }
        assertThat(refusal(2, Arrays.copyOf(file, file.length + 1)))
                .isEqualTo("tile.bundle-trailing[tile/entries/000.p/2, 2]");
        assertThat(refusal(1, file)).isEqualTo("tile.bundle-trailing[tile/entries/000.p/1, 1]");
        assertThat(refusal(3, file)).isEqualTo("tile.bundle-short[tile/entries/000.p/3, 2]");
    }

    private static String refusal(int width, byte[] file) {
        return catchThrowableOfType(Malformed.class, () -> EntryBundle.read(new BundleAt(0, width), file))
                .problem()
                .toString();
    }

    @Test
    void whateverIsReadIsWrittenBackAsItWas() {
        long seed = 62;
        Random random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < 20_000 * DEPTH; round++) {
            BundleAt at = new BundleAt(random.nextInt(5), 1 + random.nextInt(4));
            List<byte[]> entries = new ArrayList<>();
            for (int i = 0; i < at.width(); i++) {
                entries.add(new byte[random.nextInt(4)]);
            }
            byte[] file = EntryBundle.of(at, entries).bytes();
            byte[] changed = Arrays.copyOf(file, Math.max(0, file.length + random.nextInt(3) - 1));
            if (changed.length > 0) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(EntryBundle.read(at, changed).bytes())
                        .as("seed %d", seed)
                        .isEqualTo(changed);
                accepted++;
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).startsWith("tile.bundle-");
            }
        }
        assertThat(accepted).isGreaterThan(1000);
    }

    @Test
    void aTileHasTheLengthOfItsWidth() throws Malformed {
        TileAt at = new TileAt(1, 2, 3);
        byte[] file = new byte[96];
        new Random(63).nextBytes(file);
        assertThat(Tile.read(at, file).bytes()).isEqualTo(file);
        for (int length : List.of(0, 1, 32, 64, 95, 97, 128, 8192)) {
            assertThat(catchThrowableOfType(Malformed.class, () -> Tile.read(at, new byte[length]))
                            .problem()
                            .toString())
                    .isEqualTo("tile.length[tile/1/002.p/3, 96, " + length + "]");
        }
        assertThatThrownBy(() -> new Tile(at, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
