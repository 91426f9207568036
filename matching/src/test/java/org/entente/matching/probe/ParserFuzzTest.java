package org.entente.matching.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.entente.matching.SeededRandom;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.LeafOpening;
import org.entente.matching.index.MatchIndex;
import org.junit.jupiter.api.Test;

/** Every parser, given mutations of sound bytes, either refuses them by its own exception or reads what it would write. */
class ParserFuzzTest {
    private static final int ROUNDS = 6_000;
    private final ProbeSession session = new ProbeSession(41, Set.of("a", "b"));
    private final SeededRandom random = session.random;

    private interface Parser {
        byte[] readAndWrite(byte[] bytes) throws MalformedBatch, DamagedIndex;
    }

    private byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(3);
        for (int n = 0; n < changes; n++) {
            switch (random.nextInt(5)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                case 1 -> bytes[random.nextInt(Math.min(bytes.length, 12))] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 40));
                case 3 -> Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) random.nextInt(2));
                default -> {
                    int at = random.nextInt(bytes.length);
                    System.arraycopy(sound, 0, bytes, at, Math.min(sound.length, bytes.length - at));
                }
            }
        }
        return bytes;
    }

    private void fuzz(byte[] sound, Parser parser) throws Exception {
        assertThat(parser.readAndWrite(sound)).isEqualTo(sound);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = round % 10 == 0 ? random.bytes(random.nextInt(300)) : mutated(sound);
            try {
                assertThat(parser.readAndWrite(bytes))
                        .as("%s round %s", random, round)
                        .isEqualTo(bytes);
                accepted++;
            } catch (MalformedBatch | DamagedIndex e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
        assertThat(accepted).isLessThan(ROUNDS);
    }

    @Test
    void batches() throws Exception {
        fuzz(
                session.query("a").batchBytes(),
                bytes -> ProbeBatch.bytes(ProbeBatch.parse(bytes).blinded()));
    }

    @Test
    void answersAreAcceptedOnlyUnchanged() {
        ProbeQuery query = session.query("a");
        byte[] sound = session.answer(query);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = mutated(sound);
            if (!Arrays.equals(bytes, sound)) {
                assertThat(session.finish(query, bytes))
                        .as("%s round %s", random, round)
                        .isInstanceOf(ProbeResult.AnswerRefused.class);
            }
        }
        for (int at = 0; at < sound.length; at++) {
            byte[] bytes = sound.clone();
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(session.finish(query, bytes)).as("byte %s", at).isInstanceOf(ProbeResult.AnswerRefused.class);
        }
    }

    @Test
    void openingsOfQueries() throws Exception {
        fuzz(
                session.query("a", "b").opening().exportSecret(),
                bytes -> QueryOpening.parse(bytes).exportSecret());
    }

    @Test
    void openingsOfLeaves() throws Exception {
        fuzz(
                session.built.open().open(firstRecord()).bytes(),
                bytes -> LeafOpening.decode(bytes)
                        .orElseThrow(() -> new MalformedBatch(MalformedBatch.Reason.INPUT, 0))
                        .bytes());
    }

    private int firstRecord() throws DamagedIndex {
        int position = 0;
        while (session.built.open().recordIds(position).isEmpty()) {
            position++;
        }
        return position;
    }

    @Test
    void indices() throws Exception {
        byte[] sound = session.built.bytes();
        fuzz(sound, bytes -> {
            MatchIndex.open(MemorySegment.ofArray(bytes), 1);
            return sound;
        });
    }

    @Test
    void hugeCountsAllocateNothing() {
        for (int count : new int[] {0, -1, 65_537, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            for (int kind : new int[] {ProbeBatch.KIND, QueryOpening.KIND}) {
                byte[] head = ByteBuffer.allocate(8).putInt(kind).putInt(count).array();
                MalformedBatch.Reason reason = reason(head, kind);
                assertThat(reason).isEqualTo(MalformedBatch.Reason.COUNT);
            }
        }
        assertThat(reason(
                        ByteBuffer.allocate(8)
                                .putInt(ProbeBatch.KIND)
                                .putInt(65_536)
                                .array(),
                        ProbeBatch.KIND))
                .isEqualTo(MalformedBatch.Reason.LENGTH);
    }

    private static MalformedBatch.Reason reason(byte[] head, int kind) {
        try {
            if (kind == ProbeBatch.KIND) {
                ProbeBatch.parse(head);
            } else {
                QueryOpening.parse(head);
            }
        } catch (MalformedBatch e) {
            return e.reason();
        }
        throw new AssertionError("accepted");
    }
}
