package org.entente.matching.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.matching.group.Elements;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.Digest;
import org.entente.matching.index.LeafOpening;
import org.entente.matching.index.MatchInput;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.oprf.Evaluation;
import org.entente.matching.oprf.Voprf;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static List<ProbeFinding> found(ProbeResult result) {
        assertThat(result).isInstanceOf(ProbeResult.Found.class);
        return ((ProbeResult.Found) result).findings();
    }

    @Test
    void aProbeFindsExactlyTheIntersection() throws DamagedIndex {
        for (long seed = 1; seed <= 12; seed++) {
            Random plain = new Random(seed);
            Set<String> held = drawn(plain);
            Set<String> asked = drawn(plain);
            ProbeSession session = new ProbeSession(seed, held);
            ProbeQuery query = session.query(asked.toArray(String[]::new));
            List<ProbeFinding> findings = found(session.finish(query, session.answer(query)));

            assertThat(findings.stream().map(f -> f.input().value()))
                    .as("seed %s", seed)
                    .containsExactlyElementsOf(asked);
            Set<String> hits = findings.stream()
                    .filter(ProbeFinding.Hit.class::isInstance)
                    .map(f -> f.input().value())
                    .collect(Collectors.toSet());
            Set<String> expected = new HashSet<>(asked);
            expected.retainAll(held);
            assertThat(hits).as("seed %s", seed).isEqualTo(expected);
            for (ProbeFinding finding : findings) {
                if (finding instanceof ProbeFinding.Hit(MatchInput input, var label, var place)) {
                    assertThat(label).isEqualTo(ProbeSession.LABEL);
                    assertThat(session.built.open().open(place.position()).verify(session.index, place.position()))
                            .isEqualTo(new LeafOpening.Check.Opened(List.of("id-" + input.value())));
                }
            }
        }
    }

    private static Set<String> drawn(Random random) {
        return random.ints(random.nextInt(60), 0, 90)
                .mapToObj(Integer::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void theBatchShowsThePaddedCountOnly() throws MalformedBatch {
        ProbeSession session = new ProbeSession(2, Set.of("a"));
        assertThat(session.query().batchBytes()).hasSize(8 + 4 * 32);
        assertThat(session.query("a", "b", "c", "d").batchBytes()).hasSize(8 + 4 * 32);
        assertThat(session.query("a", "b", "c", "d", "e").batchBytes()).hasSize(8 + 8 * 32);
        ProbeQuery empty = session.query();
        assertThat(found(session.finish(empty, session.answer(empty)))).isEmpty();
        assertThat(ProbeBatch.parse(session.query("a").batchBytes()).due().elements())
                .isEqualTo(4);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ProbeQuery.prepare(List.of(), 65_537, session.random));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ProbeQuery.prepare(List.of(), 0, session.random));
    }

    @Test
    void theSameQuestionTwiceMakesTwoUnlikeBatchesAndTwoFindings() {
        ProbeSession session = new ProbeSession(3, Set.of("a"));
        ProbeQuery first = session.query("a", "a");
        ProbeQuery second = session.query("a", "a");
        assertThat(first.batchBytes()).isNotEqualTo(second.batchBytes());
        assertThat(first.commitmentRoot()).isNotEqualTo(second.commitmentRoot());
        assertThat(found(session.finish(first, session.answer(first))))
                .hasSize(2)
                .allMatch(ProbeFinding.Hit.class::isInstance);
    }

    @Test
    void aBatchIsEvaluatedOnlyForItsOwnCharge() throws MalformedBatch {
        ProbeSession session = new ProbeSession(4, Set.of("a"));
        ProbeBatch batch = ProbeBatch.parse(session.query("a").batchBytes());
        Charge due = batch.due();
        assertThat(batch.charged(due)).isInstanceOf(ChargedBatch.class);
        assertThat(batch.charged(new Charge(due.batch(), 3)))
                .isEqualTo(new ChargeCheck.Uncharged(ChargeCheck.Reason.OTHER_COUNT));
        assertThat(batch.charged(new Charge(ProbeSession.ASK, 4)))
                .isEqualTo(new ChargeCheck.Uncharged(ChargeCheck.Reason.OTHER_BATCH));
    }

    @Test
    void aLedgerThatIsExhaustedStopsTheEvaluation() throws MalformedBatch {
        ProbeSession session = new ProbeSession(5, Set.of("a"));
        int left = 10;
        List<Boolean> evaluated = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            ProbeBatch batch = ProbeBatch.parse(session.query("a").batchBytes());
            boolean charged = batch.due().elements() <= left;
            left -= charged ? batch.due().elements() : 0;
            Charge receipt = charged ? batch.due() : new Charge(batch.digest(), 0);
            evaluated.add(batch.charged(receipt) instanceof ChargedBatch);
        }
        assertThat(evaluated).containsExactly(true, true, false, false);
    }

    @Test
    void aQueryIsResumedToTheBit() throws MalformedBatch {
        ProbeSession session = new ProbeSession(6, Set.of("a", "b"));
        ProbeQuery query = session.query("z", "b", "a");
        byte[] answer = session.answer(query);
        ProbeQuery resumed =
                ProbeQuery.resume(QueryOpening.parse(query.opening().exportSecret()));
        assertThat(resumed.batchDigest()).isEqualTo(query.batchDigest());
        assertThat(resumed.commitmentRoot()).isEqualTo(query.commitmentRoot());
        assertThat(session.finish(resumed, answer)).isEqualTo(session.finish(query, answer));
        query.destroy();
        assertThat(query.isDestroyed()).isTrue();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> session.finish(query, answer));
    }

    @Test
    void oversightSeesWhatWasAskedAndNothingPassesAsPadding() throws MalformedBatch {
        ProbeSession session = new ProbeSession(7, Set.of("a"));
        ProbeQuery query = session.query("q2", "q1");
        ProbeBatch batch = ProbeBatch.parse(query.batchBytes());
        Digest root = query.commitmentRoot();
        QueryOpening opening = QueryOpening.parse(query.opening().exportSecret());
        assertThat(opening.verify(root, batch))
                .isEqualTo(new QueryOpening.Check.Opened(List.of(ProbeSession.input("q2"), ProbeSession.input("q1"))));
        assertThat(opening.verify(ProbeSession.ASK, batch)).isInstanceOf(QueryOpening.Check.OtherRoot.class);
        ProbeQuery other = session.query("q2", "q1");
        assertThat(opening.verify(root, ProbeBatch.parse(other.batchBytes())))
                .isEqualTo(new QueryOpening.Check.OtherElement(0));
        assertThat(other.opening().verify(root, batch)).isInstanceOf(QueryOpening.Check.OtherRoot.class);
        assertThat(query.opening().toString()).doesNotContain("q1");
    }

    @Test
    void anIndexOfAnotherKeyIsNotSearched() {
        ProbeSession session = new ProbeSession(8, Set.of("a"));
        ProbeSession other = new ProbeSession(9, Set.of("a"));
        ProbeQuery query = session.query("a");
        assertThat(session.finish(query, session.answer(query), other.series))
                .isEqualTo(new ProbeResult.AnswerRefused(AnswerRefusal.OTHER_INDEX));
    }

    @Test
    void exchangedReplayedReorderedAndForgedAnswersAreRefused() {
        ProbeSession session = new ProbeSession(10, Set.of("a"));
        ProbeQuery query = session.query("a");
        byte[] answer = session.answer(query);
        EpochKey second = EpochKey.generate(session.random);

        requireRefused(session, query, session.answer(session.query("a")), AnswerRefusal.OTHER_BATCH);
        requireRefused(session, query, session.answer(query, second, ProbeSession.ASK), AnswerRefusal.OTHER_KEY);
        requireRefused(
                session, query, session.answer(query, session.key, query.batchDigest()), AnswerRefusal.OTHER_ASK);
        requireRefused(
                session,
                query,
                with(session.answer(query, second, ProbeSession.ASK), answer, 40, 32),
                AnswerRefusal.SEAL);
        requireRefused(
                session,
                query,
                with(session.answer(query, session.key, query.batchDigest()), answer, 72, 32),
                AnswerRefusal.SEAL);
        requireRefused(session, query, with(session.answer(session.query("a")), answer, 8, 32), AnswerRefusal.SEAL);
        byte[] swapped = with(with(answer, answer, 104, 136, 32), answer, 136, 104, 32);
        requireRefused(session, query, swapped, AnswerRefusal.SEAL);
        int proofAt = 104 + 4 * 32;
        requireRefused(session, query, with(answer, session.answer(query), proofAt, 64), AnswerRefusal.SEAL);
        byte[] larger = session.answer(session.query("a", "b", "c", "d", "e"));
        requireRefused(session, query, with(larger, answer, 8, 96), AnswerRefusal.COUNT);
        byte[] identity = answer.clone();
        Arrays.fill(identity, 104, 136, (byte) 0);
        requireRefused(session, query, identity, AnswerRefusal.IDENTITY);
        byte[] odd = answer.clone();
        odd[104] ^= 1;
        requireRefused(session, query, odd, AnswerRefusal.NOT_CANONICAL);
    }

    @Test
    void aResponderThatSealsAFalseEvaluationIsRefusedByTheProof() throws MalformedBatch {
        ProbeSession session = new ProbeSession(11, Set.of("a"));
        ProbeQuery query = session.query("a");
        var blinded = ProbeBatch.parse(query.batchBytes()).blinded();
        var evaluation = Voprf.blindEvaluate(session.key, blinded, session.random);
        var reordered = Elements.of(
                evaluation.evaluated().at(1),
                evaluation.evaluated().at(0),
                evaluation.evaluated().at(2),
                evaluation.evaluated().at(3));
        byte[] unsealed = ProbeAnswer.unsealed(
                query.batchDigest(),
                session.key.publicKey(),
                ProbeSession.ASK,
                new Evaluation(reordered, evaluation.proof()));
        var seal = Voprf.blindEvaluate(session.key, ProbeAnswer.sealElement(unsealed), session.random);
        requireRefused(session, query, ProbeAnswer.sealed(unsealed, seal), AnswerRefusal.PROOF);
    }

    private static byte[] with(byte[] to, byte[] from, int at, int length) {
        return with(to, from, at, at, length);
    }

    private static byte[] with(byte[] to, byte[] from, int source, int target, int length) {
        byte[] out = to.clone();
        System.arraycopy(from, source, out, target, length);
        return out;
    }

    private static void requireRefused(ProbeSession session, ProbeQuery query, byte[] answer, AnswerRefusal reason) {
        assertThat(session.finish(query, answer)).isEqualTo(new ProbeResult.AnswerRefused(reason));
    }
}
