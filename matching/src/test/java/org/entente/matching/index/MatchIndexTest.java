package org.entente.matching.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.entente.matching.index.IndexFixture.input;
import static org.entente.matching.index.IndexFixture.label;
import static org.entente.matching.index.IndexFixture.plan;
import static org.entente.matching.index.IndexFixture.records;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.entente.matching.SeededRandom;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.oprf.Voprf;
import org.junit.jupiter.api.Test;

class MatchIndexTest {
    private final SeededRandom random = new SeededRandom(31);
    private final EpochKey key = EpochKey.generate(random);

    private BuiltIndex build(List<IndexRecord> records, int step) {
        return (BuiltIndex) new IndexBuilder(key, plan(step, 0), random).build(records, (done, total) -> {});
    }

    private static MatchIndex open(BuiltIndex built) throws DamagedIndex {
        return MatchIndex.open(MemorySegment.ofArray(built.bytes()), 1);
    }

    private byte[] output(MatchInput input) {
        return Voprf.evaluateOwn(key, MatchInput.pack(List.of(input)));
    }

    @Test
    void everyRecordIsFoundUnderItsLabelAndNothingElseIs() throws DamagedIndex {
        for (int count : new int[] {0, 1, 2, 63, 64, 65, 700}) {
            BuiltIndex built = build(records(count), 64);
            MatchIndex index = open(built);
            assertThat(index.entries()).isEqualTo(Math.max(64, Math.ceilDiv(count, 64) * 64));
            assertThat(built.identifiers()).isEqualTo(count);
            for (int n = 0; n < count; n++) {
                byte[] output = output(input(n));
                long position = index.find(output, 0).orElseThrow();
                assertThat(index.label(position, output, 0)).contains(label(n % 256));
                assertThat(built.open().recordIds(position)).containsExactly("record-" + n);
                assertThat(index.tag(position)).isEqualTo(Arrays.copyOf(output, 16));
            }
            for (int n = 0; n < 100; n++) {
                assertThat(index.find(random.bytes(64), 0)).isEqualTo(OptionalLong.empty());
            }
            byte[] extreme = new byte[64];
            assertThat(index.find(extreme, 0)).isEmpty();
            Arrays.fill(extreme, (byte) 0xff);
            assertThat(index.find(extreme, 0)).isEmpty();
        }
    }

    @Test
    void theHeaderSaysWhatWasPlanned() throws Exception {
        BuiltIndex built = build(records(3), 10);
        MatchIndex index = open(built);
        assertThat(index.epoch()).isEqualTo(4);
        assertThat(index.announcement()).isEqualTo(IndexFixture.ANNOUNCEMENT);
        assertThat(index.publicKey()).isEqualTo(key.publicKey());
        assertThat(index.root()).isEqualTo(built.root());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        built.writeTo(out);
        assertThat(out.toByteArray()).isEqualTo(built.bytes()).hasSize(2_256 + 10 * 23);
    }

    @Test
    void recordsOfOneIdentifierBecomeOneEntryUnderTheMostProtectiveLabel() throws DamagedIndex {
        List<IndexRecord> records = new ArrayList<>(records(20));
        records.add(new IndexRecord(input(5), label(200), "second"));
        records.add(new IndexRecord(input(5), label(1), "third"));
        records.add(new IndexRecord(input(5), label(1), "third"));
        for (int round = 0; round < 3; round++) {
            Collections.shuffle(records, random);
            BuiltIndex built = build(records, 32);
            MatchIndex index = open(built);
            byte[] output = output(input(5));
            long position = index.find(output, 0).orElseThrow();
            assertThat(built.identifiers()).isEqualTo(20);
            assertThat(index.label(position, output, 0)).contains(label(200));
            assertThat(built.open().recordIds(position)).containsExactly("record-5", "second", "third");
        }
    }

    @Test
    void anIndexBelowTheMinimumIsNeitherBuiltNorOpened() {
        IndexBuild build = new IndexBuilder(key, plan(64, 21), random).build(records(20), (done, total) -> {});
        assertThat(build).isEqualTo(new IndexRefusal.BelowMinimum(20, 21));
        requireDamaged(build(records(20), 10).bytes(), DamagedIndex.Reason.BELOW_MINIMUM, 21);
    }

    @Test
    void progressEndsAtTheTotal() {
        List<Long> done = new ArrayList<>();
        new IndexBuilder(IndexFixture.HASHED, plan(64, 0), random).build(records(70_000), (now, total) -> {
            assertThat(total).isEqualTo(70_000);
            done.add(now);
        });
        assertThat(done).containsExactly(65_536L, 70_000L);
    }

    @Test
    void anOpeningShowsTheRecordsAndNoOthers() throws DamagedIndex {
        BuiltIndex built = build(records(50), 64);
        MatchIndex index = open(built);
        long position = index.find(output(input(8)), 0).orElseThrow();
        LeafOpening opening = built.open().open(position);
        assertThat(opening.verify(index, position)).isEqualTo(new LeafOpening.Check.Opened(List.of("record-8")));
        byte[] bytes = opening.bytes();
        assertThat(LeafOpening.decode(bytes).orElseThrow().verify(index, position))
                .isEqualTo(new LeafOpening.Check.Opened(List.of("record-8")));
        assertThat(opening.verify(index, (position + 1) % 64)).isInstanceOf(LeafOpening.Check.OtherEntry.class);

        for (int n = 0; n < bytes.length; n++) {
            byte[] changed = bytes.clone();
            changed[n] ^= (byte) (1 << random.nextInt(8));
            LeafOpening.decode(changed)
                    .ifPresent(other -> assertThat(check(other, index, position))
                            .as("%s", random)
                            .isNotInstanceOf(LeafOpening.Check.Opened.class));
            assertThat(LeafOpening.decode(Arrays.copyOf(bytes, n))).isEmpty();
        }
        assertThat(LeafOpening.decode(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    }

    private static LeafOpening.Check check(LeafOpening opening, MatchIndex index, long position) {
        try {
            return opening.verify(index, position);
        } catch (DamagedIndex e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDummyCannotBeOpened() throws DamagedIndex {
        BuiltIndex built = build(records(1), 4);
        long position = open(built).find(output(input(0)), 0).orElseThrow();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> built.open().open((position + 1) % 4));
    }

    private static void requireDamaged(byte[] bytes, DamagedIndex.Reason reason, long minimum) {
        assertThatExceptionOfType(DamagedIndex.class)
                .isThrownBy(() -> MatchIndex.open(MemorySegment.ofArray(bytes), minimum))
                .matches(e -> e.reason() == reason, reason.toString());
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] bytes = build(records(6), 8).bytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            int at = bit;
            assertThatExceptionOfType(DamagedIndex.class)
                    .as("bit %s", at)
                    .isThrownBy(() -> MatchIndex.open(MemorySegment.ofArray(changed), 1));
        }
    }

    @Test
    void damageIsNamed() {
        byte[] bytes = build(records(6), 8).bytes();
        for (int length = 0; length < bytes.length; length++) {
            requireDamaged(Arrays.copyOf(bytes, length), DamagedIndex.Reason.TRUNCATED, 1);
        }
        requireDamaged(Arrays.copyOf(bytes, bytes.length + 1), DamagedIndex.Reason.TRAILING_BYTES, 1);
        requireDamaged(changed(bytes, 0), DamagedIndex.Reason.NOT_AN_INDEX, 1);
        requireDamaged(changed(bytes, 11), DamagedIndex.Reason.VERSION_UNKNOWN, 1);
        requireDamaged(changed(bytes, 24), DamagedIndex.Reason.HEADER, 1);
        requireDamaged(changed(bytes, 120), DamagedIndex.Reason.HEADER, 1);
        requireDamaged(changed(bytes, 2_255), DamagedIndex.Reason.HEADER, 1);
        requireDamaged(changed(bytes, 2_256), DamagedIndex.Reason.CHECKSUM, 1);
        requireDamaged(changed(bytes, bytes.length - 1), DamagedIndex.Reason.CHECKSUM, 1);
    }

    private static byte[] changed(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) 0x80;
        return changed;
    }

    @Test
    void tagsAndMasksLookUniform() throws DamagedIndex {
        MatchIndex index = open(build(records(4_000), 1));
        int[] nibbles = new int[16];
        for (long n = 0; n < index.entries(); n++) {
            for (byte b : index.entry(n)) {
                nibbles[b & 15]++;
                nibbles[b >> 4 & 15]++;
            }
        }
        double expected = 4_000 * 48 / 16.0;
        double chiSquare = Arrays.stream(nibbles)
                .mapToDouble(seen -> (seen - expected) * (seen - expected) / expected)
                .sum();
        // 15 degrees of freedom: beyond 50 once in 10^5; the seed is fixed.
        assertThat(chiSquare).as("%s", random).isLessThan(50);
    }
}
