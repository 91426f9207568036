package org.entente.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final Ed25519SecretKey LOG = Ed25519SecretKey.ofSeed(new byte[32]);
    private static final Ed25519SecretKey OTHER =
            Ed25519SecretKey.ofSeed(Digest.of().bytes());
    private static final String ORIGIN = LogFiles.ORIGIN;
    private static final PlainTree PLAIN = PlainTree.of(1000);

    private static SignedCheckpoint signed(int size) {
        return SignedCheckpoint.sign(LogFiles.checkpoint(PLAIN.first(size)), LOG);
    }

    private static TlogProof proof(int index, int size) {
        return TlogProof.of(new InclusionProof(index, PLAIN.first(size).path(index)), signed(size));
    }

    private static String refusal(String text, int index) {
        return catchThrowableOfType(
                        Malformed.class,
                        () -> TlogProof.parse(text).verify(PLAIN.leaves().get(index), ORIGIN, LOG.publicKey()))
                .problem()
                .toString();
    }

    private static List<String> lines(int index, int size) {
        return new ArrayList<>(List.of(proof(index, size).text().split("\n", -1)));
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines);
    }

    @Test
    void everyProofOfASmallLogIsWrittenReadAndVerified() throws Malformed {
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                TlogProof proof = proof(index, size);
                TlogProof read = TlogProof.parse(proof.text());
                assertThat(read.text()).isEqualTo(proof.text());
                assertThat(read.inclusion()).isEqualTo(proof.inclusion());
                assertThat(read.claimed()).isEqualTo(signed(size).checkpoint());
                assertThat(read.extra()).isEmpty();
            }
            int last = size - 1;
            assertThat(TlogProof.parse(proof(last, size).text())
                            .verify(PLAIN.leaves().get(last), ORIGIN, LOG.publicKey())
                            .checkpoint()
                            .size())
                    .isEqualTo(size);
        }
    }

    @Test
    void theFormIsThatOfTheSpecification() throws Malformed {
        TlogProof proof = proof(2, 3).withExtra(new byte[] {1, 2, 3});
        Digest left = MerkleHash.node(PLAIN.leaves().get(0), PLAIN.leaves().get(1));
        assertThat(proof.text())
                .isEqualTo("c2sp.org/tlog-proof@v1\nextra AQID\nindex 2\n" + Base64Text.padded(left.bytes()) + "\n\n"
                        + signed(3).note());
        assertThat(TlogProof.parse(proof.text()).extra()).contains(new byte[] {1, 2, 3});
        assertThat(TlogProof.parse(proof.text()).text()).isEqualTo(proof.text());
        assertThat(proof(0, 1).text())
                .isEqualTo("c2sp.org/tlog-proof@v1\nindex 0\n\n" + signed(1).note());
    }

    @Test
    void theLongestProofThatCanBeMadeIsRead() throws Malformed {
        byte[] extra = new byte[TlogProof.EXTRA_BYTES_MAX];
        assertThat(TlogProof.parse(proof(0, 1000).withExtra(extra).text()).extra())
                .contains(extra);
        assertThatThrownBy(() -> proof(0, 1).withExtra(new byte[TlogProof.EXTRA_BYTES_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> proof(0, 1).withExtra(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProofForAnotherTreeCannotBePutTogether() {
        InclusionProof inclusion = new InclusionProof(5, PLAIN.first(9).path(5));
        assertThatThrownBy(() -> TlogProof.of(inclusion, signed(5))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TlogProof.of(inclusion, signed(7))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TlogProof.of(new InclusionProof(-1, List.of()), signed(7)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTruncatedPathIsRefused() {
        List<String> lines = lines(5, 900);
        lines.remove(11);
        assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.path-length[9, 10]");
    }

    @Test
    void aLengthenedPathIsRefused() {
        List<String> lines = lines(5, 900);
        lines.add(3, lines.get(2));
        assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.path-length[11, 10]");
    }

    @Test
    void aPathThatIsLongerThanAnyIsRefused() throws Malformed {
        List<String> lines = lines(5, 900);
        lines.addAll(2, Collections.nCopies(53, lines.get(2)));
        assertThat(TlogProof.parse(text(lines)).inclusion().path()).hasSize(63);
        lines.add(2, lines.get(2));
        assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.path-too-long[63]");
    }

    @Test
    void aMutatedPathIsRefusedWhereverItIsMutated() {
        for (int line = 2; line < 12; line++) {
            List<String> lines = lines(5, 900);
            lines.set(line, Base64Text.padded(Digest.of().bytes()));
            assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.not-included[5, " + ORIGIN + "]");
        }
    }

    @Test
    void aPathInAnotherOrderIsRefused() {
        List<String> lines = lines(5, 900);
        Collections.swap(lines, 4, 5);
        assertThat(refusal(text(lines), 5)).startsWith("tlog-proof.not-included");
    }

    @Test
    void anIndexBeyondTheSizeIsRefused() {
        for (String index : List.of("900", "901", "65536", "999999999999999999")) {
            List<String> lines = lines(5, 900);
            lines.set(1, "index " + index);
            assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.index-beyond[" + index + ", 900]");
        }
    }

    @Test
    void anotherIndexIsRefused() {
        List<String> lines = lines(5, 900);
        lines.set(1, "index 4");
        assertThat(refusal(text(lines), 5)).startsWith("tlog-proof.not-included");
        lines.set(1, "index 899");
        assertThat(refusal(text(lines), 5)).startsWith("tlog-proof.path-length");
    }

    @Test
    void anotherLeafIsRefused() {
        assertThat(refusal(proof(5, 900).text(), 6)).startsWith("tlog-proof.not-included");
    }

    @Test
    void aProofBeforeTheCheckpointOfAnotherSizeIsRefused() {
        String head = proof(5, 900).text();
        head = head.substring(0, head.indexOf("\n\n") + 2);
        assertThat(refusal(head + signed(901).note(), 5)).startsWith("tlog-proof.not-included");
        assertThat(refusal(head + signed(500).note(), 5)).isEqualTo("tlog-proof.path-length[10, 9]");
        assertThat(refusal(head + signed(5).note(), 5)).isEqualTo("tlog-proof.index-beyond[5, 5]");
        assertThat(refusal(head + signed(0).note(), 5)).isEqualTo("tlog-proof.index-beyond[5, 0]");
    }

    @Test
    void theCheckpointOfAnotherLogIsRefused() {
        Checkpoint foreign =
                new Checkpoint("entente/log/MX/GT/1", 900, PLAIN.first(900).root());
        String head = proof(5, 900).text();
        head = head.substring(0, head.indexOf("\n\n") + 2);
        assertThat(refusal(head + SignedCheckpoint.sign(foreign, LOG).note(), 5))
                .isEqualTo("checkpoint.origin-other[" + ORIGIN + "]");
    }

    @Test
    void aCheckpointThatTheLogDidNotSignIsRefused() {
        String head = proof(5, 900).text();
        head = head.substring(0, head.indexOf("\n\n") + 2);
        Checkpoint same = LogFiles.checkpoint(PLAIN.first(900));
        assertThat(refusal(head + SignedCheckpoint.sign(same, OTHER).note(), 5))
                .isEqualTo("checkpoint.unsigned[" + ORIGIN + "]");
        String resized = proof(5, 900).text().replace("\n900\n", "\n901\n");
        assertThat(refusal(resized, 5)).isEqualTo("checkpoint.signature-false[" + ORIGIN + "]");
    }

    @Test
    void extensionLinesOfTheCheckpointAreRefused() {
        List<String> lines = lines(5, 900);
        lines.add(lines.size() - 3, "extension");
        assertThat(refusal(text(lines), 5)).isEqualTo("checkpoint.extension");
    }

    @Test
    void whateverFollowsTheCheckpointIsRefused() {
        String text = proof(5, 900).text();
        assertThat(refusal(text + "\n", 5)).isEqualTo("note.malformed");
        assertThat(refusal(text + "x\n", 5)).isEqualTo("note.signature-malformed");
        assertThat(refusal(text + "\nx", 5)).isEqualTo("note.malformed");
        assertThat(refusal(text + " ", 5)).isEqualTo("note.malformed");
        assertThat(refusal(text + "\0", 5)).isEqualTo("note.malformed");
        assertThat(refusal(text.substring(0, text.length() - 1), 5)).isEqualTo("note.malformed");
    }

    @Test
    void aProofWithoutItsCheckpointIsRefused() {
        String text = proof(5, 900).text();
        int blank = text.indexOf("\n\n");
        assertThat(refusal(text.substring(0, blank + 1), 5)).isEqualTo("tlog-proof.checkpoint-missing");
        assertThat(refusal(text.substring(0, blank + 2), 5)).isEqualTo("note.malformed");
        assertThat(refusal(text.substring(0, blank) + text.substring(blank + 1), 5))
                .isEqualTo("tlog-proof.hash-malformed[10]");
    }

    /** The last letter of 44 carries two bits that must be zero. */
    @Test
    void base64ThatIsNotCanonicalIsRefused() {
        List<String> lines = lines(5, 900);
        String hash = lines.get(2);
        char last = hash.charAt(42);
        for (String wrong : List.of(
                hash.substring(0, 42) + (char) (last + 1) + "=",
                hash.substring(0, 43),
                hash + "=",
                " " + hash,
                hash + " ",
                hash + "\r",
                hash.replace('=', 'A'),
                Base64Text.url(new byte[32]),
                Base64Text.padded(new byte[31]),
                Base64Text.padded(new byte[33]))) {
            lines.set(2, wrong);
            assertThat(refusal(text(lines), 5)).as(wrong).isEqualTo("tlog-proof.hash-malformed[0]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index",
                "index ",
                "index 05",
                "index 00",
                "index -5",
                "index +5",
                "index 5 ",
                "index  5",
                "index 5\r",
                "Index 5",
                "index 0x5",
                "index ٥",
                "index 1000000000000000000",
                "index 9223372036854775808",
                "5",
                " index 5",
                "extras AQID"
            })
    void anIndexInAnotherFormIsRefused(String line) {
        List<String> lines = lines(5, 900);
        lines.set(1, line);
        assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.index-malformed");
    }

    @Test
    void aProofWithoutIndexOrWithTwoIsRefused() {
        List<String> without = lines(5, 900);
        without.remove(1);
        assertThat(refusal(text(without), 5)).isEqualTo("tlog-proof.index-malformed");
        List<String> two = lines(5, 900);
        two.add(1, "index 4");
        assertThat(refusal(text(two), 5)).isEqualTo("tlog-proof.hash-malformed[0]");
        assertThat(refusal("c2sp.org/tlog-proof@v1\n\n" + signed(9).note(), 5)).isEqualTo("tlog-proof.index-malformed");
        assertThat(refusal("c2sp.org/tlog-proof@v1\nextra AQID\n\n" + signed(9).note(), 5))
                .isEqualTo("tlog-proof.index-malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"extra ", "extra AQI", "extra AQJ=", "extra AQ==\r", "extra  AQID", "extra !", "extra -_-_"})
    void extraDataInAnotherFormAreRefused(String line) {
        List<String> lines = lines(5, 900);
        lines.add(1, line);
        assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.extra-malformed[65536]");
    }

    @Test
    void extraDataInTwoLinesOrInAnotherPlaceAreRefused() {
        List<String> lines = lines(5, 900);
        lines.addAll(1, List.of("extra AQID", "extra AQID"));
        assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.index-malformed");
        List<String> after = lines(5, 900);
        after.add(2, "extra AQID");
        assertThat(refusal(text(after), 5)).isEqualTo("tlog-proof.hash-malformed[0]");
        List<String> long64 = lines(5, 900);
        long64.add(1, "extra " + Base64Text.padded(new byte[65_537]));
        assertThat(refusal(text(long64), 5)).isEqualTo("tlog-proof.extra-malformed[65536]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c2sp.org/tlog-proof@v2", "c2sp.org/tlog-proof", " c2sp.org/tlog-proof@v1", "\uFEFFc2sp", ""})
    void anotherFirstLineIsRefused(String line) {
        List<String> lines = lines(5, 900);
        lines.set(0, line);
        assertThat(refusal(text(lines), 5)).isEqualTo("tlog-proof.version[c2sp.org/tlog-proof@v1]");
    }

    @Test
    void aFloodIsNotRead() {
        assertThat(refusal("c2sp.org/tlog-proof@v1\n" + "x".repeat(TlogProof.LENGTH_MAX), 5))
                .isEqualTo("tlog-proof.too-large[" + TlogProof.LENGTH_MAX + "]");
    }

    @Test
    void whateverIsReadIsWrittenBackAndOnlyTheOriginalVerifies() {
        long seed = 70;
        Random random = new Random(seed);
        String original = proof(5, 900).withExtra(new byte[] {7, 7, 7, 7}).text();
        String letters = "AZaz09+/=\n -_x\u2014\r";
        int read = 0;
        for (int round = 0; round < 6_000 * DEPTH; round++) {
            StringBuilder text = new StringBuilder(original);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(text.length());
                char letter = letters.charAt(random.nextInt(letters.length()));
                switch (random.nextInt(4)) {
                    case 0, 1 -> text.setCharAt(at, letter);
                    case 2 -> text.insert(at, letter);
                    default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(40)));
                }
            }
            String changed = text.toString();
            try {
                TlogProof proof = TlogProof.parse(changed);
                read++;
                assertThat(proof.text()).as("seed %d", seed).isEqualTo(changed);
                proof.verify(PLAIN.leaves().get(5), ORIGIN, LOG.publicKey());
                assertThat(onlyExtraDiffers(changed, original))
                        .as("seed %d: %s", seed, changed)
                        .isTrue();
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).isNotBlank();
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    /** Extra data and unknown signature lines are covered by nothing. */
    private static boolean onlyExtraDiffers(String changed, String original) {
        return withoutExtra(changed).equals(withoutExtra(original));
    }

    private static List<String> withoutExtra(String text) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.startsWith("extra "))
                .toList();
    }
}
