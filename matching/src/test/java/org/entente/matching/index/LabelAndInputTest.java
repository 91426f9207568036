package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.entente.matching.SeededRandom;
import org.junit.jupiter.api.Test;

class LabelAndInputTest {
    private final SeededRandom random = new SeededRandom(32);

    @Test
    void labelsSurviveTheirEightBytes() {
        for (int round = 0; round < 2_000; round++) {
            Label label = new Label(
                    random.nextInt(65_536),
                    random.nextInt(256),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextInt());
            assertThat(Label.decode(label.encode())).as("%s", random).contains(label);
        }
        assertThat(new Label(0x0102, 3, true, false, 0x04050607).encode()).isEqualTo(0x0102_03_01_04050607L);
        assertThat(Label.decode(4L << 32)).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Label(65_536, 0, false, false, 0));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Label(0, -1, false, false, 0));
    }

    @Test
    void inputsAreTypeVersionAndValueWithZeroBytesBetween() {
        MatchInput input = new MatchInput("mx-rfc", 12, "ÑAÑ800101AB1");
        assertThat(input.bytes()).isEqualTo("mx-rfc\u000012\u0000ÑAÑ800101AB1".getBytes(UTF_8));
        assertThat(MatchInput.decode(input.bytes())).contains(input);
        assertThat(input).hasToString("MatchInput[mx-rfc, redacted]");
        MatchInput zeroInside = new MatchInput("free", 1, "a\u0000b");
        assertThat(MatchInput.decode(zeroInside.bytes())).contains(zeroInside);
    }

    @Test
    void whatIsNoInputIsRefused() {
        String[] bad = {
            "",
            "a",
            "a\0001",
            "a\0001\000",
            "\0001\000v",
            "a\00001\000v",
            "a\0000\000v",
            "a\00065536\000v",
            "A\0001\000v",
            "a\000+1\000v"
        };
        for (String text : bad) {
            assertThat(MatchInput.decode(text.getBytes(UTF_8))).as(text).isEmpty();
        }
        assertThat(MatchInput.decode(new byte[] {'a', 0, '1', 0, (byte) 0xff})).isEmpty();
        assertThat(MatchInput.decode(new byte[1 << 20])).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MatchInput("a", 1, "x".repeat(1 << 20)));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new MatchInput("a", 1, "\ud800"));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = random.bytes(random.nextInt(24));
            MatchInput.decode(bytes)
                    .ifPresent(input -> assertThat(input.bytes()).isEqualTo(bytes));
        }
    }

    @Test
    void treesAgreeWithTheNaiveRecursionAndTheirPathsLeadToTheRoot() {
        for (int count = 1; count <= 40; count++) {
            List<Digest> leaves = new ArrayList<>();
            byte[] packed = random.bytes(count * 32);
            for (int n = 0; n < count; n++) {
                leaves.add(Digest.of(java.util.Arrays.copyOfRange(packed, n * 32, n * 32 + 32)));
            }
            MerkleTree tree = new MerkleTree(packed);
            assertThat(tree.root()).isEqualTo(naive(leaves));
            for (int n = 0; n < count; n++) {
                assertThat(MerkleTree.rootFrom(leaves.get(n), n, count, tree.path(n)))
                        .contains(tree.root());
                int other = (n + 1) % count;
                if (other != n) {
                    assertThat(MerkleTree.rootFrom(leaves.get(n), other, count, tree.path(n)))
                            .isNotEqualTo(java.util.Optional.of(tree.root()));
                }
            }
            assertThat(MerkleTree.rootFrom(leaves.get(0), count, count, tree.path(0)))
                    .isEmpty();
        }
    }

    private static Digest naive(List<Digest> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int middle = 1;
        while (middle * 2 < leaves.size()) {
            middle *= 2;
        }
        return Digest.sha256(
                new byte[] {1},
                naive(leaves.subList(0, middle)).bytes(),
                naive(leaves.subList(middle, leaves.size())).bytes());
    }
}
