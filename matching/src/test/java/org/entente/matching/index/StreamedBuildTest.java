package org.entente.matching.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.matching.SeededRandom;
import org.entente.matching.group.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedBuildTest {
    private static final int STRETCH = 64;
    private static final IndexPlan PLAN = IndexFixture.plan(32, 0);
    private static final SaltKey SALTS =
            SaltKey.restore(Digest.sha256(new byte[] {1}).bytes());

    /** What one identifier is held under, by the plain rules. */
    private record Held(Label label, TreeSet<String> ids) {}

    private static StreamedBuild build(IndexEvaluation evaluation, Workplace place) {
        return new StreamedBuild(
                evaluation,
                SALTS,
                PLAN,
                new IndexAssembly.Site(place, Crew.ALONE, (stage, done, total) -> {}),
                STRETCH);
    }

    private static StreamedBuild.Outcome run(IndexEvaluation evaluation, Workplace place, List<IndexRecord> records)
            throws IOException {
        StreamedBuild build = build(evaluation, place);
        for (IndexRecord record : records) {
            build.add(record);
        }
        return build.finish();
    }

    private static List<IndexRecord> drawn(SeededRandom random) {
        int count = random.nextInt(900);
        int identifiers = 1 + random.nextInt(600);
        List<IndexRecord> records = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            records.add(new IndexRecord(
                    IndexFixture.input(random.nextInt(identifiers)),
                    new Label(random.nextInt(3), random.nextInt(4), false, random.nextBoolean(), random.nextInt(9)),
                    "niño-" + random.nextInt(1_200)));
        }
        return records;
    }

    private static Map<MatchInput, Held> model(List<IndexRecord> records) {
        Map<MatchInput, Held> model = new java.util.HashMap<>();
        for (IndexRecord record : records) {
            Held held = model.get(record.input());
            Label label = held == null ? record.label() : PLAN.mostProtective(held.label, record.label());
            TreeSet<String> ids = held == null ? new TreeSet<>() : held.ids;
            ids.add(record.recordId());
            model.put(record.input(), new Held(label, ids));
        }
        return model;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void anIndexHoldsWhatAPlainMapHoldsAndItsRootIsThatOfThePlainTree(long seed) throws Exception {
        SeededRandom random = new SeededRandom(seed);
        List<IndexRecord> records = drawn(random);
        MemoryWorkplace place = new MemoryWorkplace();
        StreamedBuild.Finished finished = (StreamedBuild.Finished) run(IndexFixture.HASHED, place, records);
        Map<MatchInput, Held> model = model(records);
        assertThat(finished.identifiers()).as("%s", random).isEqualTo(model.size());

        byte[] shared = place.written(Workplace.Part.SHARED);
        MatchIndex.open(MemorySegment.ofArray(shared), 1);
        OwnIndex index = OwnIndex.open(
                MemorySegment.ofArray(shared), MemorySegment.ofArray(place.written(Workplace.Part.OWN)), SALTS);
        TreeMap<String, List<String>> idsByTag = new TreeMap<>();
        for (Map.Entry<MatchInput, Held> held : model.entrySet()) {
            byte[] output = IndexFixture.output(held.getKey());
            idsByTag.put(PlainIndex.hex(Arrays.copyOf(output, 16)), List.copyOf(held.getValue().ids));
            long position = index.index().find(output, 0).orElseThrow();
            assertThat(index.index().label(position, output, 0)).contains(held.getValue().label);
            assertThat(index.recordIds(position)).containsExactlyElementsOf(held.getValue().ids);
            assertThat(LeafOpening.decode(index.open(position).bytes())
                            .orElseThrow()
                            .verify(index.index(), position))
                    .isEqualTo(new LeafOpening.Check.Opened(List.copyOf(held.getValue().ids)));
        }
        for (int n = 0; n < 300; n++) {
            assertThat(index.index().find(random.bytes(64), 0)).isEmpty();
        }
        PlainIndex plain = new PlainIndex(shared);
        assertThat(plain.maskedByTag).hasSize((int) finished.entries());
        assertThat(plain.root(SALTS.exportForKeyStore(), idsByTag))
                .as("%s", random)
                .isEqualTo(finished.root().bytes())
                .isEqualTo(plain.announcedRoot);
    }

    @Test
    void anIndexOfThreeLevelsOfBlocksHasTheRootOfThePlainTree() throws Exception {
        int count = 66_000;
        BuiltIndex built = (BuiltIndex) new IndexBuilder(IndexFixture.HASHED, PLAN, new SeededRandom(5))
                .build(IndexFixture.records(count), (done, total) -> {});
        MatchIndex.open(MemorySegment.ofArray(built.bytes()), count);
        TreeMap<String, List<String>> idsByTag = new TreeMap<>();
        for (int n = 0; n < count; n++) {
            byte[] output = IndexFixture.output(IndexFixture.input(n));
            idsByTag.put(PlainIndex.hex(Arrays.copyOf(output, 16)), List.of("record-" + n));
            if (n % 1_000 == 0 || n > count - 3) {
                OwnIndex own = built.open();
                assertThat(own.open(own.index().find(output, 0).orElseThrow()).bytes())
                        .isNotEmpty();
            }
        }
        assertThat(new PlainIndex(built.bytes()).root(built.saltKey().exportForKeyStore(), idsByTag))
                .isEqualTo(built.root().bytes());
    }

    @Test
    void theOrderOfRecordsAndTheSizeOfStretchesDoNotShow() throws IOException {
        List<IndexRecord> records = drawn(new SeededRandom(77));
        MemoryWorkplace first = new MemoryWorkplace();
        run(IndexFixture.HASHED, first, records);
        MemoryWorkplace second = new MemoryWorkplace();
        Collections.shuffle(records, new java.util.Random(1));
        StreamedBuild whole =
                new StreamedBuild(IndexFixture.HASHED, SALTS, PLAN, second, Crew.ALONE, (stage, done, total) -> {});
        for (IndexRecord record : records) {
            whole.add(record);
        }
        whole.finish();
        for (Workplace.Part part : Workplace.Part.values()) {
            assertThat(second.written(part)).isEqualTo(first.written(part));
        }
    }

    /** Counts what is evaluated. */
    private static final class Counting implements IndexEvaluation {
        private final AtomicLong inputs = new AtomicLong();

        @Override
        public Element publicKey() {
            return IndexFixture.HASHED.publicKey();
        }

        @Override
        public byte[] outputs(List<MatchInput> inputs) {
            this.inputs.addAndGet(inputs.size());
            return IndexFixture.HASHED.outputs(inputs);
        }
    }

    @Test
    void aBuildThatADiskEndsAnywhereIsTakenUpAndEndsTheSame() throws IOException {
        List<IndexRecord> records = IndexFixture.records(500);
        MemoryWorkplace whole = new MemoryWorkplace();
        run(IndexFixture.HASHED, whole, records);
        int ended = 0;
        for (long room = 0; room < 120_000; room += 1_511) {
            MemoryWorkplace disk = new MemoryWorkplace();
            Counting counting = new Counting();
            try {
                run(counting, new FaultyWorkplace(disk, room), records);
            } catch (IOException full) {
                assertThat(full).hasMessage("No space left on device");
                ended++;
            }
            run(counting, disk, records);
            for (Workplace.Part part : Workplace.Part.values()) {
                assertThat(disk.written(part)).as("room %s", room).isEqualTo(whole.written(part));
            }
            assertThat(counting.inputs.get()).as("room %s", room).isBetween(500L, 500L + STRETCH);
        }
        assertThat(ended).isGreaterThan(20);
    }

    @Test
    void aDraftThatWasNotFinishedIsNoIndex() {
        List<IndexRecord> records = IndexFixture.records(500);
        for (long room = 60_000; room < 110_000; room += 3_001) {
            MemoryWorkplace disk = new MemoryWorkplace();
            long given = room;
            try {
                run(IndexFixture.HASHED, new FaultyWorkplace(disk, given), records);
            } catch (IOException full) {
                byte[] draft;
                try {
                    draft = disk.written(Workplace.Part.SHARED);
                } catch (IllegalStateException nothingYet) {
                    continue;
                }
                assertThatExceptionOfType(DamagedIndex.class)
                        .as("room %s", given)
                        .isThrownBy(() -> MatchIndex.reopen(MemorySegment.ofArray(draft)));
            }
        }
    }

    @Test
    void aRunThatWasDamagedOrIsOfOtherRecordsIsMadeAgainAndNoOtherIs() throws IOException {
        List<IndexRecord> records = new ArrayList<>(IndexFixture.records(500));
        MemoryWorkplace disk = new MemoryWorkplace();
        Counting counting = new Counting();
        run(counting, disk, records);
        byte[] run = disk.run(2).orElseThrow().read(0, (int)
                disk.run(2).orElseThrow().length());
        run[run.length / 2] ^= 1;
        disk.keepRun(2, run);
        disk.keepRun(4, new byte[7]);
        run(counting, disk, records);
        assertThat(counting.inputs.get()).isEqualTo(500 + 2 * STRETCH);

        records.set(70, IndexFixture.record(9_999));
        StreamedBuild.Finished finished = (StreamedBuild.Finished) run(counting, disk, records);
        assertThat(counting.inputs.get()).isEqualTo(500 + 3 * STRETCH);
        assertThat(finished.identifiers()).isEqualTo(500);
        MemoryWorkplace fresh = new MemoryWorkplace();
        assertThat(run(IndexFixture.HASHED, fresh, records)).isEqualTo(finished);
    }

    @Test
    void anIdentifierOfMoreRecordsThanCanBeOpenedEndsTheBuild() throws IOException {
        StreamedBuild build = new StreamedBuild(
                IndexFixture.HASHED, SALTS, PLAN, new MemoryWorkplace(), Crew.ALONE, (stage, done, total) -> {});
        for (int n = 0; n <= 65_535; n++) {
            build.add(new IndexRecord(IndexFixture.input(1), IndexFixture.label(1), "r" + n));
        }
        assertThat(build.finish()).isEqualTo(new IndexRefusal.TooManyRecords(65_535));
    }
}
