package org.entente.matching.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.entente.matching.SeededRandom;
import org.junit.jupiter.api.Test;

/** What a file says after something else wrote on it, and how look-up fares where tags are not uniform. */
class DamagedBytesTest {
    private static final int COUNT = 3_000;
    private final SeededRandom random = new SeededRandom(12);
    private final BuiltIndex built =
            (BuiltIndex) new IndexBuilder(IndexFixture.HASHED, IndexFixture.plan(64, 0), random)
                    .build(IndexFixture.records(COUNT), (done, total) -> {});

    @Test
    void aLookUpInAFileThatWasChangedAnywhereIsRightOrRefused() throws DamagedIndex {
        byte[] bytes = built.bytes();
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] changed = bytes.clone();
            int at = 2_256 + random.nextInt(bytes.length - 2_256);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            MatchIndex index = MatchIndex.reopen(MemorySegment.ofArray(changed));
            for (int n = 0; n < 20; n++) {
                int number = random.nextInt(2 * COUNT);
                byte[] output = IndexFixture.output(IndexFixture.input(number));
                try {
                    OptionalLong found = index.find(output, 0);
                    assertThat(found.isPresent()).as("%s at %s", random, at).isEqualTo(number < COUNT);
                    if (found.isPresent()) {
                        assertThat(index.label(found.getAsLong(), output, 0))
                                .contains(IndexFixture.label(number % 256));
                    }
                } catch (DamagedIndex e) {
                    assertThat(e.reason()).isEqualTo(DamagedIndex.Reason.CHECKSUM);
                    refused++;
                }
            }
            assertThatExceptionOfType(DamagedIndex.class)
                    .as("%s at %s", random, at)
                    .isThrownBy(() -> MatchIndex.open(MemorySegment.ofArray(changed), 1))
                    .matches(e -> e.reason() == DamagedIndex.Reason.CHECKSUM);
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void everyChangedByteOfAHeaderIsNoticedWhenTheFileIsOpened() {
        byte[] bytes = built.bytes();
        for (int at = 0; at < 2_256; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThatExceptionOfType(DamagedIndex.class)
                    .as("byte %s", at)
                    .isThrownBy(() -> MatchIndex.reopen(MemorySegment.ofArray(changed)));
        }
    }

    @Test
    void aHeaderThatHashesRightAndLiesIsRefused() {
        byte[] bytes = built.bytes();
        requireLie(bytes, 8, 3, DamagedIndex.Reason.VERSION_UNKNOWN);
        requireLie(bytes, 12, 0, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 12, 7, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 16, 1, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 20, COUNT + 136, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 28, 1, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 32, -1, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 40, -1, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 44, 1, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 112, 1, DamagedIndex.Reason.HEADER);
        requireLie(bytes, 2_156, 1, DamagedIndex.Reason.HEADER);
        byte[] identity = bytes.clone();
        Arrays.fill(identity, 80, 112, (byte) 0);
        requireDamaged(rehashed(identity), DamagedIndex.Reason.HEADER);
    }

    private static void requireLie(byte[] bytes, int at, int value, DamagedIndex.Reason reason) {
        byte[] lie = bytes.clone();
        ByteBuffer.wrap(lie).putInt(at, value);
        requireDamaged(rehashed(lie), reason);
    }

    private static byte[] rehashed(byte[] bytes) {
        byte[] leaves = Arrays.copyOfRange(bytes, 2_192, 2_224);
        byte[] root = MerkleTree.node(IndexLayout.contentRoot(bytes).bytes(), leaves);
        System.arraycopy(root, 0, bytes, 2_224, 32);
        return bytes;
    }

    private static void requireDamaged(byte[] bytes, DamagedIndex.Reason reason) {
        assertThatExceptionOfType(DamagedIndex.class)
                .isThrownBy(() -> MatchIndex.reopen(MemorySegment.ofArray(bytes)))
                .matches(e -> e.reason() == reason, reason.toString());
    }

    @Test
    void entriesOutOfOrderAreFoundAlthoughEveryDigestIsRight() {
        byte[] bytes = ((BuiltIndex) new IndexBuilder(skewed(200), IndexFixture.plan(1, 0), random)
                        .build(IndexFixture.records(200), (done, total) -> {}))
                .bytes();
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, 2_256, swapped, 2_256 + 23, 23);
        System.arraycopy(bytes, 2_256 + 23, swapped, 2_256, 23);
        byte[] body = Arrays.copyOfRange(swapped, 2_256, swapped.length);
        byte[] top = BlockTree.digest(Digest.hash(), 0, 0, body, 0, body.length);
        System.arraycopy(top, 0, swapped, 2_160, 32);
        assertThatExceptionOfType(DamagedIndex.class)
                .isThrownBy(() -> MatchIndex.open(MemorySegment.ofArray(rehashed(swapped)), 1))
                .matches(e -> e.reason() == DamagedIndex.Reason.NOT_SORTED);
    }

    /** Outputs whose tags all begin with the same 14 bytes. */
    private static IndexEvaluation skewed(int apart) {
        return new IndexEvaluation() {
            @Override
            public org.entente.matching.group.Element publicKey() {
                return IndexFixture.HASHED.publicKey();
            }

            @Override
            public byte[] outputs(List<MatchInput> inputs) {
                byte[] outputs = IndexFixture.HASHED.outputs(inputs);
                for (int n = 0; n < inputs.size(); n++) {
                    int number = Integer.parseInt(inputs.get(n).value().substring(1));
                    ByteBuffer.wrap(outputs)
                            .putLong(n * 64, 0x4200_0000_0000_0000L)
                            .putLong(n * 64 + 8, (long) number * apart);
                }
                return outputs;
            }
        };
    }

    @Test
    void lookUpEndsAlsoWhereTagsAreNotUniform() throws DamagedIndex {
        for (int apart : new int[] {1, 97}) {
            IndexEvaluation skewed = skewed(apart);
            MatchIndex index = ((BuiltIndex) new IndexBuilder(skewed, IndexFixture.plan(1, 0), random)
                            .build(IndexFixture.records(COUNT), (done, total) -> {}))
                    .open()
                    .index();
            for (int n = -1; n <= COUNT; n++) {
                byte[] output = skewed.outputs(List.of(new MatchInput("vin", 1, "V" + Math.max(0, n))));
                if (n < 0) {
                    output[15] = 1;
                }
                MatchIndex.Search search = index.new Search(output, 0);
                boolean held = n < 0 ? apart == 1 : n < COUNT;
                assertThat(search.run().isPresent()).as("%s", n).isEqualTo(held);
                assertThat(search.probes()).isLessThanOrEqualTo(8 + 13);
            }
        }
    }

    @Test
    void lookUpTakesAFewProbesWhereTheyAre() throws DamagedIndex {
        MatchIndex index = ((BuiltIndex) new IndexBuilder(IndexFixture.HASHED, IndexFixture.plan(64, 0), random)
                        .build(IndexFixture.records(100_000), (done, total) -> {}))
                .open()
                .index();
        List<Integer> probes = new ArrayList<>();
        for (int n = 0; n < 20_000; n++) {
            MatchIndex.Search search = index.new Search(IndexFixture.output(IndexFixture.input(n * 10)), 0);
            assertThat(search.run().isPresent()).isEqualTo(n < 10_000);
            probes.add(search.probes());
        }
        assertThat(probes.stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isLessThan(5);
        assertThat(probes.stream().mapToInt(Integer::intValue).max().orElseThrow())
                .isLessThan(18);
    }

    @Test
    void anOwnSideThatIsDamagedOpensNothingWrongly() throws DamagedIndex {
        byte[] own = built.ownBytes();
        byte[] output = IndexFixture.output(IndexFixture.input(5));
        long position = built.open().index().find(output, 0).orElseThrow();
        for (int round = 0; round < 3_000; round++) {
            byte[] changed = own.clone();
            int at = round < 80 ? round : random.nextInt(own.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            try {
                OwnIndex index = OwnIndex.open(
                        MemorySegment.ofArray(built.bytes()), MemorySegment.ofArray(changed), built.saltKey());
                assertThat(index.open(position).verify(index.index(), position))
                        .as("%s at %s", random, at)
                        .isEqualTo(new LeafOpening.Check.Opened(List.of("record-5")));
            } catch (DamagedIndex e) {
                assertThat(e.reason()).isEqualTo(DamagedIndex.Reason.OWN_SIDE);
            } catch (IllegalArgumentException dummy) {
                assertThat(dummy).hasMessageContaining("dummy");
            }
        }
        assertThatExceptionOfType(DamagedIndex.class)
                .isThrownBy(() -> OwnIndex.open(
                        MemorySegment.ofArray(built.bytes()),
                        MemorySegment.ofArray(Arrays.copyOf(own, own.length - 1)),
                        built.saltKey()));
    }
}
