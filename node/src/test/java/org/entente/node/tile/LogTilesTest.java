package org.entente.node.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.tile.TileCheck;
import org.entente.evidence.tile.TilePath;
import org.entente.node.home.Stoppage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles on a real disk: what they give, what is left after a crash, and what happens when they are damaged. */
class LogTilesTest {
    private static final String ORIGIN = "entente/log/MX/US/1";

    @TempDir
    private Path folder;

    private final List<Digest> statements = new ArrayList<>();
    private final Stoppage stoppage = new Stoppage();
    private Optional<Checkpoint> last = Optional.empty();
    private LogTiles tiles;

    @BeforeEach
    void start() {
        tiles = started();
    }

    /** The tiles as a node finds them when it starts. */
    private LogTiles started() {
        return new LogTiles(folder, (origin, from, end) -> statements.subList((int) from, (int) end), stoppage);
    }

    private void say(int count) {
        for (int n = 0; n < count; n++) {
            statements.add(
                    Digest.of(ByteBuffer.allocate(4).putInt(statements.size()).array()));
        }
    }

    /** What a node does: tiles, then the checkpoint, then what is not needed any more goes. */
    private Checkpoint checkpoint() {
        Checkpoint covered = tiles.cover(ORIGIN, last, statements.size());
        last = Optional.of(covered);
        tiles.settle(covered, covered);
        return covered;
    }

    /** RFC 6962 section 2.1, to the letter. */
    private static Digest root(List<Digest> statements) {
        if (statements.size() == 1) {
            return MerkleHash.statementLeaf(statements.getFirst());
        }
        int split = Integer.highestOneBit(statements.size() - 1);
        return MerkleHash.node(root(statements.subList(0, split)), root(statements.subList(split, statements.size())));
    }

    private void requireSound(Checkpoint checkpoint) {
        assertThat(checkpoint).isEqualTo(new Checkpoint(ORIGIN, statements.size(), root(statements)));
        assertThat(TileCheck.againstEntries(checkpoint, tiles.files(ORIGIN))).isInstanceOf(TileCheck.Sound.class);
        assertThat(TileCheck.againstLeaves(
                        checkpoint,
                        tiles.files(ORIGIN),
                        index -> MerkleHash.statementLeaf(statements.get((int) index))))
                .isInstanceOf(TileCheck.Sound.class);
    }

    private void requireProved(Checkpoint head, int index) {
        InclusionProof proof = tiles.ask(head, tree -> tree.inclusion(index));
        assertThat(proof.verifies(MerkleHash.statementLeaf(statements.get(index)), head.size(), head.root()))
                .isTrue();
    }

    @Test
    void whateverTheStepsAndTheRestartsTheTilesAreThoseOfTheLeaves() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int step = 0; step < 60; step++) {
            say(random.nextInt(4) == 0 ? 1 + random.nextInt(700) : 1 + random.nextInt(3));
            if (random.nextInt(3) == 0) {
                tiles = started();
            }
            assertThat(checkpoint())
                    .as("seed %d", seed)
                    .isEqualTo(new Checkpoint(ORIGIN, statements.size(), root(statements)));
        }
        requireSound(last.orElseThrow());
    }

    @Test
    void everyEarlierCheckpointIsStillProved() {
        List<Checkpoint> heads = new ArrayList<>();
        for (int size : new int[] {1, 2, 200, 255, 256, 257, 700, 1_500}) {
            say(size - statements.size());
            heads.add(checkpoint());
        }
        for (Checkpoint head : heads) {
            int index = (int) head.size() / 2;
            requireProved(head, index);
            Digest first = tiles.ask(head, tree -> tree.root(1));
            assertThat(first).isEqualTo(root(statements.subList(0, 1)));
        }
    }

    @Test
    void partialTilesGoWhenTheyAreFull() throws IOException {
        say(200);
        checkpoint();
        assertThat(file("tile/0/000.p/200")).exists();
        say(100);
        checkpoint();
        assertThat(file("tile/0/000.p")).doesNotExist();
        assertThat(file("tile/entries/000.p")).doesNotExist();
        assertThat(names()).noneMatch(name -> name.endsWith(".draft"));
        requireSound(last.orElseThrow());
    }

    @Test
    void twoWhoAskAtOnceGetOneTree() throws Exception {
        say(300);
        List<Checkpoint> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = Stream.of(150, 300, 200, 300)
                .map(size -> Thread.ofVirtual().start(() -> seen.add(tiles.cover(ORIGIN, Optional.empty(), size))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen)
                .allSatisfy(head -> assertThat(head.root()).isEqualTo(root(statements.subList(0, (int) head.size()))));
        last = Optional.of(tiles.cover(ORIGIN, Optional.empty(), 300));
        requireSound(last.orElseThrow());
    }

    @Test
    void whatACrashLeftBeyondTheLastCheckpointIsNotBelieved() throws IOException {
        say(250);
        checkpoint();
        say(300);
        tiles.cover(ORIGIN, last, statements.size()); // The crash comes before the checkpoint is stored.
        for (Path file : files()) {
            if (!file.toString().endsWith("/250")) {
                Files.write(file, new byte[(int) Math.min(7, Files.size(file))], StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
        Files.writeString(file("tile/0/002.draft"), "torn");
        tiles = started();
        say(1);
        requireSound(checkpoint());
        assertThat(stoppage.problem()).isEmpty();
    }

    @Test
    void lostTilesAreDerivedAnewWhetherTheLogGrowsOrIsAsked() throws IOException {
        say(70_000);
        checkpoint();
        for (Path lost : files()) {
            Files.delete(lost);
        }
        requireProved(last.orElseThrow(), 69_000);
        requireSound(last.orElseThrow());
        for (Path lost : files()) {
            Files.delete(lost);
        }
        tiles = started();
        say(5);
        requireSound(checkpoint());
    }

    @Test
    void aFlippedBitInAFullTileIsFoundWhenItIsReadAndMended() throws IOException {
        say(1_000);
        Checkpoint earlier = checkpoint();
        say(500);
        checkpoint();
        Path tile = file("tile/0/001");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[77] ^= 4;
        Files.write(tile, bytes);
        requireProved(earlier, 300);
        requireSound(last.orElseThrow());
    }

    @Test
    void leavesThatNoLongerGiveTheSignedRootEndTheNode() throws IOException {
        say(600);
        checkpoint();
        statements.set(3, Digest.of(new byte[] {42}));
        for (Path lost : files()) {
            Files.delete(lost);
        }
        assertThatExceptionOfType(Contradiction.class)
                .isThrownBy(() -> tiles.ask(last.orElseThrow(), tree -> tree.inclusion(5)));
        assertThat(stoppage.problem().orElseThrow().code()).isEqualTo("node.log-contradicted");
    }

    @Test
    void aFolderThatCannotBeWrittenIsTheCallersAffairAndTheLogGoesOnAfterIt() throws IOException {
        say(10);
        checkpoint();
        Path levels = file("tile");
        Path moved = folder.resolve("moved");
        Files.move(levels, moved);
        Files.writeString(levels, "in the way");
        say(300);
        assertThatExceptionOfType(java.io.UncheckedIOException.class).isThrownBy(this::checkpoint);
        assertThat(stoppage.problem()).isEmpty();
        Files.delete(levels);
        Files.move(moved, levels);
        requireSound(checkpoint());
    }

    @Test
    void aDatabaseThatWentBackUnderARunningNodeIsBelievedAndNotWhatWasSeenBefore() {
        say(100);
        Checkpoint before = checkpoint();
        say(10);
        checkpoint();
        statements.subList(105, 110).clear();
        statements.subList(102, 105).clear();
        say(3); // Others than those that were lost.
        last = Optional.of(before);
        assertThat(checkpoint()).isEqualTo(new Checkpoint(ORIGIN, 105, root(statements)));
        say(200);
        requireSound(checkpoint());
    }

    @Test
    void aChangedLeafBelowTheLastCheckpointEndsTheNodeWhoeverHadOlderTilesDerived() throws IOException {
        say(50);
        Checkpoint earlier = checkpoint();
        say(50);
        checkpoint();
        statements.set(70, Digest.of(new byte[] {42}));
        for (Path lost : files()) {
            Files.delete(lost);
        }
        requireProved(earlier, 5);
        say(1);
        assertThatExceptionOfType(Contradiction.class).isThrownBy(this::checkpoint);
        assertThat(stoppage.problem()).isPresent();
    }

    @Test
    void aChangedLeafInTheBundleThatIsBeingFilledEndsTheNode() {
        say(10);
        checkpoint();
        statements.set(3, Digest.of(new byte[] {42}));
        say(1);
        assertThatExceptionOfType(Contradiction.class).isThrownBy(this::checkpoint);
        assertThatExceptionOfType(IllegalStateException.class)
                .as("nothing is tried again")
                .isThrownBy(this::checkpoint)
                .withMessageContaining("stopped");
    }

    @Test
    void aStoredCheckpointWithAnotherRootEndsTheNode() {
        say(300);
        Checkpoint head = checkpoint();
        Checkpoint other = new Checkpoint(ORIGIN, head.size(), Digest.of(new byte[] {1}));
        assertThatExceptionOfType(Contradiction.class).isThrownBy(() -> tiles.settle(head, other));
        assertThat(stoppage.problem().orElseThrow().code()).isEqualTo("node.log-contradicted");
    }

    private Path file(String path) {
        return folder.resolve(ORIGIN).resolve(path);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walked = Files.walk(folder)) {
            return walked.filter(Files::isRegularFile).toList();
        }
    }

    private List<String> names() throws IOException {
        return files().stream().map(Path::toString).toList();
    }

    @Test
    void anAddressWhoseFileIsTooLongIsReadNoFurther() throws IOException {
        say(1);
        Checkpoint head = checkpoint();
        Path tile = file("tile/0/000.p/1");
        Files.write(tile, new byte[1 << 20]);
        TilePath path = new org.entente.evidence.tile.TileAt(0, 0, 1);
        assertThat(tiles.files(ORIGIN).read(path).orElseThrow()).hasSize(Digest.LENGTH + 1);
        tiles = started();
        requireProved(head, 0);
    }
}
