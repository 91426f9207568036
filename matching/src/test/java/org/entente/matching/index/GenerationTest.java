package org.entente.matching.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.matching.SeededRandom;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.oprf.Voprf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index over the days of an epoch, against a plain map of what is held. */
class GenerationTest {
    private static final int STEP = 8;
    private static final int IDENTIFIERS = 40;

    private final IndexPlan plan = IndexFixture.plan(STEP, 0);

    /** The records of the holder, and per identifier the one label that it may show in this epoch. */
    private static final class Holder {
        private final Map<Integer, Map<String, Label>> records = new TreeMap<>();
        private final Map<Integer, Label> shown = new HashMap<>();

        private List<IndexRecord> of(int identifier) {
            return records.getOrDefault(identifier, Map.of()).entrySet().stream()
                    .map(record -> new IndexRecord(IndexFixture.input(identifier), record.getValue(), record.getKey()))
                    .toList();
        }

        private List<IndexRecord> all() {
            return records.keySet().stream()
                    .flatMap(identifier -> of(identifier).stream())
                    .toList();
        }
    }

    private static void change(Holder holder, int identifier, SeededRandom random) {
        Map<String, Label> records = holder.records.computeIfAbsent(identifier, n -> new TreeMap<>());
        switch (random.nextInt(4)) {
            case 0 -> holder.records.remove(identifier);
            case 1 -> records.put("r" + random.nextInt(5), IndexFixture.label(1));
            case 2 -> records.put("r" + random.nextInt(5), IndexFixture.label(random.nextInt(3)));
            default -> records.remove("r" + random.nextInt(5));
        }
        if (records.isEmpty()) {
            holder.records.remove(identifier);
        }
    }

    /** What may be shown: nothing where the label is another than the one that this epoch has shown before. */
    private Optional<Label> expected(Holder holder, int identifier) {
        Optional<Label> now =
                holder.of(identifier).stream().map(IndexRecord::label).reduce(plan::mostProtective);
        now.ifPresent(label -> holder.shown.putIfAbsent(identifier, label));
        return now.filter(label -> label.equals(holder.shown.get(identifier)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theDaysOfAnEpochShowWhatAPlainMapShows(long seed) throws Exception {
        SeededRandom random = new SeededRandom(seed);
        EpochKey key = EpochKey.generate(random);
        Holder holder = new Holder();
        for (int n = 0; n < IDENTIFIERS / 2; n++) {
            change(holder, n, random);
        }
        List<BuiltIndex> built = new ArrayList<>();
        built.add((BuiltIndex) new IndexBuilder(key, plan, random).build(holder.all(), (done, total) -> {}));
        Map<String, Set<Long>> masked = new HashMap<>();
        for (int day = 0; day < 8; day++) {
            requireShows(holder, built, key, random);
            new PlainIndex(built.getLast().bytes())
                    .maskedByTag.forEach((tag, label) ->
                            masked.computeIfAbsent(tag, t -> new TreeSet<>()).add(label));
            Set<Integer> touched = new TreeSet<>();
            for (int n = random.nextInt(9); n > 0; n--) {
                int identifier = random.nextInt(IDENTIFIERS);
                change(holder, identifier, random);
                touched.add(identifier);
            }
            GenerationBuilder.Changes changes = new GenerationBuilder.Changes(
                    touched.stream().flatMap(n -> holder.of(n).stream()).toList(),
                    touched.stream().map(IndexFixture::input).toList());
            GenerationBuilder.Outcome.Built next = (GenerationBuilder.Outcome.Built)
                    new GenerationBuilder(key, plan, opened(built), random).build(changes);
            built.add(next.index());
        }
        assertThat(masked.values()).as("%s: no tag has two labels", random).allMatch(labels -> labels.size() == 1);
    }

    private static List<OwnIndex> opened(List<BuiltIndex> built) {
        return built.stream().map(BuiltIndex::open).toList();
    }

    private void requireShows(Holder holder, List<BuiltIndex> built, EpochKey key, SeededRandom random)
            throws DamagedIndex {
        List<MatchIndex> generations = new ArrayList<>();
        for (BuiltIndex one : built) {
            generations.add(MatchIndex.open(MemorySegment.ofArray(one.bytes()), 1));
        }
        IndexSeries series = IndexSeries.of(generations);
        for (int n = 0; n < IDENTIFIERS; n++) {
            byte[] output = Voprf.evaluateOwn(key, MatchInput.pack(List.of(IndexFixture.input(n))));
            Optional<Label> expected = expected(holder, n);
            Optional<IndexSeries.Place> place = series.find(output, 0);
            assertThat(place.isPresent())
                    .as("%s: %s on day %s", random, n, built.size())
                    .isEqualTo(expected.isPresent());
            if (place.isPresent()) {
                assertThat(series.label(place.get(), output, 0)).isEqualTo(expected);
                OwnIndex own = built.get(place.get().generation()).open();
                MatchIndex generation = series.generation(place.get().generation());
                long position = place.get().position();
                assertThat(own.open(position).verify(generation, position))
                        .isEqualTo(new LeafOpening.Check.Opened(
                                holder.of(n).stream().map(IndexRecord::recordId).toList()));
            }
        }
    }

    @Test
    void aQuietDayLooksLikeABusyOne() throws DamagedIndex {
        SeededRandom random = new SeededRandom(3);
        EpochKey key = EpochKey.generate(random);
        List<BuiltIndex> built = new ArrayList<>();
        built.add((BuiltIndex)
                new IndexBuilder(key, plan, random).build(IndexFixture.records(IDENTIFIERS + 1), (done, total) -> {}));
        List<GenerationBuilder.Changes> days = List.of(
                new GenerationBuilder.Changes(List.of(), List.of()),
                new GenerationBuilder.Changes(
                        List.of(IndexFixture.record(1_000)),
                        List.of(IndexFixture.input(0), IndexFixture.input(2), IndexFixture.input(4_000))),
                new GenerationBuilder.Changes(List.of(), List.of()));
        for (GenerationBuilder.Changes day : days) {
            GenerationBuilder.Outcome.Built next = (GenerationBuilder.Outcome.Built)
                    new GenerationBuilder(key, plan, opened(built), random).build(day);
            built.add(next.index());
            assertThat(next.index().entries()).isEqualTo(STEP);
        }
        List<Long> removals =
                built.stream().map(one -> one.open().index().removals()).toList();
        assertThat(removals).as("41 identifiers leave 7 dummies of 48").containsExactly(0L, 7L, 8L, 8L);
        assertThat(new PlainIndex(built.get(2).bytes()).removals)
                .doesNotContainAnyElementsOf(new PlainIndex(built.get(1).bytes()).removals);
        Set<String> known = new TreeSet<>();
        for (BuiltIndex one : built) {
            PlainIndex plain = new PlainIndex(one.bytes());
            assertThat(known).containsAll(plain.removals);
            known.addAll(plain.maskedByTag.keySet());
        }
    }

    @Test
    void whatBecameOfEachChangeIsCounted() throws DamagedIndex {
        SeededRandom random = new SeededRandom(4);
        EpochKey key = EpochKey.generate(random);
        BuiltIndex whole =
                (BuiltIndex) new IndexBuilder(key, plan, random).build(IndexFixture.records(20), (done, total) -> {});
        GenerationBuilder.Outcome.Built next =
                (GenerationBuilder.Outcome.Built) new GenerationBuilder(key, plan, List.of(whole.open()), random)
                        .build(new GenerationBuilder.Changes(
                                List.of(
                                        IndexFixture.record(3),
                                        IndexFixture.record(30),
                                        IndexFixture.record(4),
                                        new IndexRecord(IndexFixture.input(4), IndexFixture.label(4), "another"),
                                        new IndexRecord(IndexFixture.input(5), IndexFixture.label(99), "record-5")),
                                List.of(IndexFixture.input(6), IndexFixture.input(3), IndexFixture.input(777))));
        assertThat(next.tally()).isEqualTo(new GenerationBuilder.Tally(1, 1, 1, 1));
        assertThat(next.index().identifiers()).isEqualTo(2);
    }

    @Test
    void generationsOfOtherEpochsKeysOrOrdersDoNotMix() throws DamagedIndex {
        SeededRandom random = new SeededRandom(5);
        EpochKey key = EpochKey.generate(random);
        BuiltIndex whole =
                (BuiltIndex) new IndexBuilder(key, plan, random).build(IndexFixture.records(20), (done, total) -> {});
        BuiltIndex other = (BuiltIndex) new IndexBuilder(EpochKey.generate(random), plan, random)
                .build(IndexFixture.records(20), (done, total) -> {});
        GenerationBuilder.Outcome.Built next =
                (GenerationBuilder.Outcome.Built) new GenerationBuilder(key, plan, List.of(whole.open()), random)
                        .build(new GenerationBuilder.Changes(List.of(), List.of()));
        MatchIndex first = whole.open().index();
        MatchIndex second = next.index().open().index();
        requireOther(List.of());
        requireOther(List.of(second));
        requireOther(List.of(second, first));
        requireOther(List.of(first, first));
        requireOther(List.of(first, second, second));
        requireOther(List.of(other.open().index(), second));
        assertThat(IndexSeries.of(List.of(first, second)).size()).isEqualTo(2);
        assertThatExceptionOfType(DamagedIndex.class)
                .isThrownBy(() -> new GenerationBuilder(key, plan, List.of(other.open()), random));
    }

    private static void requireOther(List<MatchIndex> generations) {
        assertThatExceptionOfType(DamagedIndex.class)
                .isThrownBy(() -> IndexSeries.of(generations))
                .matches(e -> e.reason() == DamagedIndex.Reason.OTHER_GENERATION);
    }

    @Test
    void everyChangedByteOfAGenerationIsNoticed() throws DamagedIndex {
        SeededRandom random = new SeededRandom(6);
        EpochKey key = EpochKey.generate(random);
        BuiltIndex whole =
                (BuiltIndex) new IndexBuilder(key, plan, random).build(IndexFixture.records(20), (done, total) -> {});
        byte[] bytes = ((GenerationBuilder.Outcome.Built)
                        new GenerationBuilder(key, plan, List.of(whole.open()), random)
                                .build(new GenerationBuilder.Changes(
                                        List.of(IndexFixture.record(90)), List.of(IndexFixture.input(1)))))
                .index()
                .bytes();
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThatExceptionOfType(DamagedIndex.class)
                    .as("byte %s", at)
                    .isThrownBy(() -> MatchIndex.open(MemorySegment.ofArray(changed), 1));
            byte[] cut = Arrays.copyOf(bytes, at);
            assertThatExceptionOfType(DamagedIndex.class)
                    .isThrownBy(() -> MatchIndex.reopen(MemorySegment.ofArray(cut)));
        }
    }
}
