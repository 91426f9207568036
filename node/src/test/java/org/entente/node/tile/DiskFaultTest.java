package org.entente.node.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.tile.TileCheck;
import org.entente.node.disk.FaultyDisk;
import org.entente.node.home.Stoppage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tiles on a disk that fails at each of its steps in turn. Whatever happens, the tiles of every checkpoint that was stored
 * are there and true when the machine comes back, and what it goes on writing is true.
 */
class DiskFaultTest {
    private static final String ORIGIN = "entente/log/MX/US/1";
    private static final int[] SIZES = {1, 3, 200, 255, 256, 257, 300, 513};
    private static final long SEED = Long.getLong("seed", 20_261_123);
    private static final int ROUNDS = "1".equals(System.getenv("ENTENTE_DEEP")) ? 40 : 2;

    private static List<Digest> statements(int size) {
        List<Digest> statements = new ArrayList<>();
        for (int n = 0; n < size; n++) {
            statements.add(Digest.of(ByteBuffer.allocate(4).putInt(n).array()));
        }
        return statements;
    }

    private static final List<Digest> STATEMENTS = statements(SIZES[SIZES.length - 1]);

    /** One life of a node's tiles, and the stored checkpoint, which outlives it. */
    private static final class Life {
        private final FaultyDisk disk;
        private final Stoppage stoppage = new Stoppage();
        private final LogTiles tiles;
        private Optional<Checkpoint> stored;

        private Life(FaultyDisk disk, Optional<Checkpoint> stored) {
            this.disk = disk;
            this.stored = stored;
            this.tiles = new LogTiles(
                    disk.root().resolve("tiles"),
                    (origin, from, end) -> STATEMENTS.subList((int) from, (int) end),
                    stoppage);
        }

        /** Goes on to the last size; what was reached before is not done again. */
        void run() {
            for (int size : SIZES) {
                if (stored.isEmpty() || stored.get().size() < size) {
                    Checkpoint covered = tiles.cover(ORIGIN, stored, size);
                    stored = Optional.of(covered);
                    tiles.settle(covered, covered);
                }
            }
        }

        /** The next life, after the power was gone. */
        Life next() {
            return new Life(disk.afterPowerCut(), stored);
        }

        /** Requires that every tile of the stored checkpoint is there and true, without deriving any. */
        void requireSound(String what) {
            if (stored.isPresent()) {
                assertThat(TileCheck.againstLeaves(
                                stored.get(),
                                LogTiles.files(disk.root().resolve("tiles"), ORIGIN),
                                index -> MerkleHash.statementLeaf(STATEMENTS.get((int) index))))
                        .as(what)
                        .isInstanceOf(TileCheck.Sound.class);
            }
        }
    }

    private static Life begun(long seed) throws IOException {
        FaultyDisk disk = new FaultyDisk(new SplittableRandom(seed));
        java.nio.file.Files.createDirectory(disk.root().resolve("tiles"));
        org.entente.node.home.NodeHome.forceFolder(disk.root().resolve("tiles"));
        return new Life(disk, Optional.empty());
    }

    private static long stepsOfAll() throws IOException {
        Life life = begun(SEED);
        long before = life.disk.steps();
        life.run();
        life.requireSound("without a fault");
        return life.disk.steps() - before;
    }

    @Test
    void aPowerCutAtAnyStepAndASecondOneInRecoveryLeaveWhatWasStored() throws Exception {
        long all = stepsOfAll();
        for (long step = 1; step <= all; step++) {
            for (int round = 0; round < ROUNDS; round++) {
                long seed = SEED + step * 1_000 + round;
                String what = "seed " + seed + ", step " + step + " of " + all;
                Life life = begun(seed);
                life.disk.plan(FaultyDisk.Fault.POWER_CUT, step);
                life = cut(life, what);
                life.disk.plan(FaultyDisk.Fault.POWER_CUT, 1 + new SplittableRandom(seed).nextInt(60));
                life = cut(life, what + ", second cut");
                life.run();
                life.requireSound(what + ", at the end");
            }
        }
    }

    /** Runs until the power is gone, if it goes, and looks at what is left. */
    private static Life cut(Life life, String what) {
        try {
            life.run();
        } catch (FaultyDisk.PowerCut gone) {
            assertThat(life.stoppage.problem()).as(what).isEmpty();
        }
        Life next = life.next();
        next.requireSound(what);
        return next;
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "BROKEN"})
    void aStepThatFailsIsSaidAndAFailedForceIsTheEnd(FaultyDisk.Fault fault) throws Exception {
        long all = stepsOfAll();
        int ended = 0;
        for (long step = 1; step <= all; step++) {
            long seed = SEED + step;
            String what = "seed " + seed + ", step " + step + " of " + all;
            Life life = begun(seed);
            life.disk.plan(fault, step);
            boolean failed = fails(life);
            assertThat(life.stoppage.problem().isPresent()).as(what).isEqualTo(life.disk.forceFailed());
            if (life.disk.forceFailed()) {
                ended++;
                long steps = life.disk.steps();
                assertThat(fails(life)).as(what).isTrue();
                assertThat(life.disk.steps())
                        .as("%s: it is never tried again", what)
                        .isEqualTo(steps);
            } else if (failed) {
                life.disk.makeRoom();
                life.run();
                life.requireSound(what + ", when it was mended");
            }
            Life next = life.next();
            next.requireSound(what + ", after the power was gone");
            next.run();
            next.requireSound(what + ", at the end");
        }
        assertThat(ended).isPositive();
    }

    private static boolean fails(Life life) {
        try {
            life.run();
            return false;
        } catch (UncheckedIOException | IllegalStateException failed) {
            return true;
        }
    }

    /** Were a force left out, this search would find it: so it finds a disk that forces nothing. */
    @Test
    void aDiskThatKeepsNothingIsNoticed() throws Exception {
        long all = stepsOfAll();
        int noticed = 0;
        for (long step = 1; step <= all; step++) {
            Life life = begun(SEED + step);
            life.disk.lie();
            life.disk.plan(FaultyDisk.Fault.POWER_CUT, step);
            try {
                cut(life, "a lie");
            } catch (AssertionError found) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan((int) all / 4);
    }
}
