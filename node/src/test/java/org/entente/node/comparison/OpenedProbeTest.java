package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.SentDecision;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.ProbeQuery;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.junit.jupiter.api.Test;

/** An opening holds against the signed statement whole and unchanged, or not at all. */
class OpenedProbeTest {
    private static final int QUESTIONS = 5;
    private static final int POSITIONS = 16;
    private static final int HEAD = 8 + 4 + 32 + 4;
    private static final Digest PROBE = Digest.of(new byte[] {1});

    private final SecureRandom random = new SecureRandom();
    private final List<MatchInput> asked = IntStream.range(0, QUESTIONS)
            .mapToObj(n -> new MatchInput("rfc", 1, "XQA39022" + n))
            .toList();
    private final ProbeQuery query = ProbeQuery.prepare(asked, POSITIONS, random);
    private final Comparison.ProbeAsked signed = statement(query);
    private final byte[] file = OpenedProbe.bytes(PROBE, query);

    @Test
    void everyPositionIsShownAsWhatItWas() throws Malformed {
        List<MatchInput> positions = OpenedProbe.parse(file).verify(PROBE, signed);
        assertThat(positions).hasSize(POSITIONS);
        assertThat(positions.stream().filter(MatchInput::isPadding)).hasSize(POSITIONS - QUESTIONS);
        assertThat(positions).containsAll(asked);
    }

    @Test
    void noChangedByteHolds() {
        long seed = random.nextLong();
        Random chosen = new Random(seed);
        IntStream.concat(
                        IntStream.range(0, HEAD + 16),
                        IntStream.generate(() -> chosen.nextInt(file.length)).limit(400))
                .forEach(place -> {
                    byte[] changed = file.clone();
                    changed[place] ^= (byte) (1 << chosen.nextInt(8));
                    assertThatExceptionOfType(Malformed.class)
                            .as("byte %d, seed %d", place, seed)
                            .isThrownBy(() -> OpenedProbe.parse(changed).verify(PROBE, signed))
                            .satisfies(refused ->
                                    assertThat(refused.problem().code()).startsWith("comparison.opening-"));
                });
    }

    @Test
    void noTruncatedOrLengthenedFileHolds() {
        for (int length = 0; length < file.length; length += 7) {
            byte[] cut = Arrays.copyOf(file, length);
            refused(cut);
        }
        assertThat(refused(Arrays.copyOf(file, file.length + 1))).isEqualTo("comparison.opening-unreadable");
    }

    @Test
    void exchangedPositionsAreRefused() throws Malformed {
        assertThat(refused(assembled(list -> java.util.Collections.swap(list, 0, 1))))
                .isEqualTo("comparison.opening-other-root");
    }

    @Test
    void aMissingPositionIsRefused() throws Malformed {
        assertThat(refused(assembled(list -> list.remove(lastPadding(list)))))
                .isEqualTo("comparison.opening-positions");
    }

    @Test
    void aQuestionIsNotPassedOffAsPadding() throws Malformed {
        int[] place = new int[1];
        byte[] disguised = assembled(list -> {
            int at = IntStream.range(0, list.size())
                    .filter(n -> ordinal(list.get(n)) == QUESTIONS - 1)
                    .findFirst()
                    .orElseThrow();
            place[0] = at;
            list.set(at, withOrdinal(list.get(at), -1));
        });
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> OpenedProbe.parse(disguised).verify(PROBE, signed))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("comparison.opening-disguised");
                    assertThat(refused.problem().arguments()).containsExactly(Integer.toString(place[0] + 1));
                });
    }

    @Test
    void theOpeningOfAnotherProbeIsRefused() {
        ProbeQuery other = ProbeQuery.prepare(asked, POSITIONS, random);
        assertThat(refused(OpenedProbe.bytes(Digest.of(new byte[] {2}), other)))
                .isEqualTo("comparison.opening-other-probe");
        assertThat(refused(OpenedProbe.bytes(PROBE, other))).isEqualTo("comparison.opening-other-batch");
        assertThat(refused(spliced(query.batchBytes(), other.opening().exportSecret())))
                .isEqualTo("comparison.opening-other-root");
    }

    @Test
    void whoSentSomethingElseThanItCommittedToIsFoundOut() {
        ProbeQuery shown = ProbeQuery.prepare(asked, POSITIONS, random);
        Comparison.ProbeAsked lie = statement(shown.commitmentRoot().bytes(), query);
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> OpenedProbe.parse(
                                spliced(query.batchBytes(), shown.opening().exportSecret()))
                        .verify(PROBE, lie))
                .satisfies(
                        refused -> assertThat(refused.problem().code()).isEqualTo("comparison.opening-other-element"));
    }

    private String refused(byte[] bytes) {
        try {
            OpenedProbe.parse(bytes).verify(PROBE, signed);
            throw new AssertionError("it holds");
        } catch (Malformed refused) {
            return refused.problem().code();
        }
    }

    private interface Change {
        void of(List<byte[]> positions);
    }

    /** The opening taken apart into positions, changed and put together again. */
    private byte[] assembled(Change change) {
        ByteBuffer in = ByteBuffer.wrap(query.opening().exportSecret());
        int kind = in.getInt();
        int count = in.getInt();
        List<byte[]> positions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            int start = in.position();
            int length = Short.toUnsignedInt(in.getShort(start + 68));
            byte[] one = new byte[70 + length];
            in.get(one);
            positions.add(one);
        }
        change.of(positions);
        ByteBuffer out = ByteBuffer.allocate(
                        8 + positions.stream().mapToInt(one -> one.length).sum())
                .putInt(kind)
                .putInt(positions.size());
        positions.forEach(out::put);
        return spliced(query.batchBytes(), out.array());
    }

    private static int ordinal(byte[] position) {
        return ByteBuffer.wrap(position).getInt();
    }

    private static byte[] withOrdinal(byte[] position, int ordinal) {
        byte[] changed = position.clone();
        ByteBuffer.wrap(changed).putInt(ordinal);
        return changed;
    }

    private static int lastPadding(List<byte[]> positions) {
        return IntStream.range(0, positions.size())
                .filter(n -> ordinal(positions.get(n)) < 0)
                .max()
                .orElseThrow();
    }

    private static byte[] spliced(byte[] batch, byte[] opening) {
        return ByteBuffer.allocate(HEAD + batch.length + opening.length)
                .put("ENTPRO\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(1)
                .put(PROBE.bytes())
                .putInt(batch.length)
                .put(batch)
                .put(opening)
                .array();
    }

    private static Comparison.ProbeAsked statement(ProbeQuery query) {
        return statement(query.commitmentRoot().bytes(), query);
    }

    private static Comparison.ProbeAsked statement(byte[] root, ProbeQuery query) {
        BodyReference body = new BodyReference(PROBE, 100, PROBE);
        return new Comparison.ProbeAsked(
                new Comparison.Ground.UnderCase(PROBE),
                new Category("company"),
                new Purpose("money-laundering"),
                PROBE,
                new Comparison.Batch(
                        POSITIONS, Digest.ofBytes(query.batchDigest().bytes()), Digest.ofBytes(root), body, body),
                new SentDecision("{}", "{}"));
    }
}
