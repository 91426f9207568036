package org.entente.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileCheckTest {
    private static final PlainTree PLAIN = PlainTree.of(70_000);
    private static final Checkpoint CHECKPOINT = LogFiles.checkpoint(PLAIN);
    private static final LogFiles HONEST = LogFiles.of(PLAIN);

    private static TileCheck.Finding againstLeaves(LogFiles log) {
        return TileCheck.againstLeaves(CHECKPOINT, log, index -> PLAIN.leaves().get((int) index));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 2_900, 65_536, 70_000})
    void anHonestLogIsSoundInEachWay(int size) {
        PlainTree plain = PLAIN.first(size);
        LogFiles log = LogFiles.of(plain);
        Checkpoint checkpoint = LogFiles.checkpoint(plain);
        TileCheck.Finding sound =
                new TileCheck.Sound(new TreeTiles(size).tiles().count());
        assertThat(TileCheck.againstEachOther(checkpoint, log)).isEqualTo(sound);
        assertThat(TileCheck.againstEntries(checkpoint, log)).isEqualTo(sound);
        assertThat(TileCheck.againstLeaves(
                        checkpoint, log, index -> PLAIN.leaves().get((int) index)))
                .isEqualTo(sound);
    }

    @Test
    void aChangedByteOfAnyTileIsNamedWithItsPlace() {
        long seed = 69;
        Random random = new Random(seed);
        for (String path : List.of(
                "tile/0/000",
                "tile/0/001",
                "tile/0/272",
                "tile/0/273.p/112",
                "tile/1/000",
                "tile/1/001.p/17",
                "tile/2/000.p/1")) {
            int at = random.nextInt(HONEST.file(path).length);
            LogFiles log = HONEST.changed(path, at);
            assertThat(againstLeaves(log))
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(TileCheck.Differs.class, differs -> {
                        assertThat(differs.at().path()).isEqualTo(path);
                        assertThat(differs.place()).isEqualTo(at / 32);
                        assertThat(differs.problem().toString())
                                .isEqualTo("tile.differs[" + path + ", " + at / 32 + "]");
                    });
        }
    }

    @Test
    void theFirstOfSeveralDifferencesIsNamed() {
        LogFiles log =
                HONEST.changed("tile/0/009", 77).changed("tile/1/000", 1000).changed("tile/0/008", 8000);
        assertThat(againstLeaves(log)).isEqualTo(new TileCheck.Differs(new TileAt(0, 8, 256), 250));
        assertThat(TileCheck.againstEntries(CHECKPOINT, log))
                .isEqualTo(new TileCheck.Differs(new TileAt(0, 8, 256), 250));
    }

    @Test
    void withoutLeavesADifferenceIsNamedWhereTwoLevelsDisagree() {
        assertThat(TileCheck.againstEachOther(CHECKPOINT, HONEST.changed("tile/0/009", 77)))
                .isEqualTo(new TileCheck.Differs(new TileAt(1, 0, 256), 9));
        assertThat(TileCheck.againstEachOther(CHECKPOINT, HONEST.changed("tile/1/000", 77)))
                .isEqualTo(new TileCheck.Differs(new TileAt(1, 0, 256), 2));
        assertThat(TileCheck.againstEachOther(CHECKPOINT, HONEST.changed("tile/0/273.p/112", 77)))
                .isInstanceOf(TileCheck.RootDiffers.class);
    }

    @Test
    void aChangedEntryIsNamed() {
        LogFiles log = HONEST.changed("tile/entries/000", 4);
        assertThat(TileCheck.againstEntries(CHECKPOINT, log))
                .isEqualTo(new TileCheck.Differs(new TileAt(0, 0, 256), 1));
        assertThat(TileCheck.againstEachOther(CHECKPOINT, log)).isInstanceOf(TileCheck.Sound.class);
    }

    /** A log that forged everything alike still does not have the root that was signed. */
    @Test
    void anotherHistoryDoesNotHaveTheRootThatWasSigned() {
        PlainTree other = new PlainTree(PLAIN.leaves().reversed());
        TileCheck.Finding finding = TileCheck.againstEachOther(CHECKPOINT, LogFiles.of(other));
        assertThat(finding).isEqualTo(new TileCheck.RootDiffers(70_000, other.root()));
        assertThat(((TileCheck.Fault) finding).problem().toString())
                .isEqualTo("tile.root-differs[70000, " + other.root() + "]");
        assertThat(TileCheck.againstEachOther(
                        new Checkpoint(LogFiles.ORIGIN, 0, Digest.of(new byte[1])), new LogFiles()))
                .isInstanceOf(TileCheck.RootDiffers.class);
    }

    @Test
    void missingAndTornFilesAreNamed() {
        LogFiles log = LogFiles.of(PLAIN);
        log.files.remove("tile/1/000");
        assertThat(fault(TileCheck.againstEntries(CHECKPOINT, log))).isEqualTo("tile.missing[tile/1/000]");
        log.files.put("tile/0/123", new byte[31]);
        assertThat(fault(TileCheck.againstEntries(CHECKPOINT, log))).isEqualTo("tile.length[tile/0/123, 8192, 31]");
        log.files.put("tile/entries/007", new byte[1]);
        assertThat(fault(TileCheck.againstEntries(CHECKPOINT, log)))
                .isEqualTo("tile.bundle-short[tile/entries/007, 0]");
        Checkpoint huge = new Checkpoint(LogFiles.ORIGIN, 1L << 50, Digest.of());
        assertThat(fault(TileCheck.againstEachOther(huge, log))).isEqualTo("tile.log-too-large[281474976710655]");
    }

    private static String fault(TileCheck.Finding finding) {
        return switch (finding) {
            case TileCheck.Sound sound -> "sound " + sound.tiles();
            case TileCheck.Fault fault -> fault.problem().toString();
        };
    }
}
