package org.entente.matching.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.entente.matching.SeededRandom;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private final SeededRandom random = new SeededRandom(21);
    private final EpochKey key = EpochKey.generate(random);
    private final Elements blinded = batch(5);
    private final Evaluation evaluation = Voprf.blindEvaluate(key, blinded, random);

    private Elements batch(int count) {
        List<byte[]> inputs =
                IntStream.range(0, count).mapToObj(n -> random.bytes(n)).toList();
        return Voprf.blind(InputBatch.of(inputs), Scalars.random(count, random));
    }

    private static Elements swapped(Elements elements) {
        Element[] list =
                IntStream.range(0, elements.count()).mapToObj(elements::at).toArray(Element[]::new);
        Element first = list[0];
        list[0] = list[1];
        list[1] = first;
        return Elements.of(list);
    }

    private void requireRefused(Element publicKey, Elements asked, Evaluation answered, ProofCheck.Reason reason) {
        assertThat(Voprf.verifyVarTime(publicKey, asked, answered)).isEqualTo(new ProofCheck.Refused(reason));
    }

    @Test
    void theHonestEvaluationIsProven() {
        assertThat(Voprf.verifyVarTime(key.publicKey(), blinded, evaluation)).isInstanceOf(ProofCheck.Proven.class);
    }

    @Test
    void anotherKeyIsNoticed() {
        EpochKey other = EpochKey.generate(random);
        requireRefused(other.publicKey(), blinded, evaluation, ProofCheck.Reason.PROOF);
        requireRefused(key.publicKey(), blinded, Voprf.blindEvaluate(other, blinded, random), ProofCheck.Reason.PROOF);
        requireRefused(Element.identity(), blinded, evaluation, ProofCheck.Reason.IDENTITY);
    }

    @Test
    void oneElementOfTwoKeysIsNoticed() {
        EpochKey other = EpochKey.generate(random);
        Elements others = Voprf.blindEvaluate(other, blinded, random).evaluated();
        Element[] mixed = IntStream.range(0, 5)
                .mapToObj(n -> n == 3 ? others.at(n) : evaluation.evaluated().at(n))
                .toArray(Element[]::new);
        requireRefused(
                key.publicKey(),
                blinded,
                new Evaluation(Elements.of(mixed), evaluation.proof()),
                ProofCheck.Reason.PROOF);
    }

    @Test
    void aSwappedProofIsNoticed() {
        Evaluation second = Voprf.blindEvaluate(key, batch(5), random);
        requireRefused(
                key.publicKey(),
                blinded,
                new Evaluation(evaluation.evaluated(), second.proof()),
                ProofCheck.Reason.PROOF);
        Proof turned =
                new Proof(evaluation.proof().response(), evaluation.proof().challenge());
        requireRefused(
                key.publicKey(), blinded, new Evaluation(evaluation.evaluated(), turned), ProofCheck.Reason.PROOF);
    }

    @Test
    void aReorderedBatchIsNoticedOnEitherSide() {
        requireRefused(
                key.publicKey(),
                blinded,
                new Evaluation(swapped(evaluation.evaluated()), evaluation.proof()),
                ProofCheck.Reason.PROOF);
        requireRefused(key.publicKey(), swapped(blinded), evaluation, ProofCheck.Reason.PROOF);
    }

    @Test
    void identitiesAndUnequalCountsAreRefusedBeforeTheProof() {
        Elements withIdentity = Elements.of(blinded.at(0), Element.identity());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Voprf.blindEvaluate(key, withIdentity, random));
        requireRefused(
                key.publicKey(),
                batch(2),
                new Evaluation(withIdentity, evaluation.proof()),
                ProofCheck.Reason.IDENTITY);
        requireRefused(key.publicKey(), batch(4), evaluation, ProofCheck.Reason.COUNT);
    }

    @Test
    void anEvaluationOfAllIdentitiesIsRefused() {
        // Without the check, a zero key would prove itself: 0 · C = identity for every C.
        Elements identities = Elements.of(Element.identity(), Element.identity());
        requireRefused(
                Element.identity(),
                batch(2),
                new Evaluation(identities, new Proof(Scalar.of(0), Scalar.of(0))),
                ProofCheck.Reason.IDENTITY);
    }

    @Test
    void aKeyOfZeroOrOutOfRangeIsRefused() {
        assertThatExceptionOfType(EncodingRefused.class).isThrownBy(() -> EpochKey.restore(new byte[32]));
        byte[] high = new byte[32];
        high[31] = (byte) 0xff;
        assertThatExceptionOfType(EncodingRefused.class).isThrownBy(() -> EpochKey.restore(high));
        assertThatExceptionOfType(EncodingRefused.class).isThrownBy(() -> Proof.decode(new byte[63]));
        assertThatExceptionOfType(EncodingRefused.class).isThrownBy(() -> Proof.decode(new byte[65]));
    }

    @Test
    void aDestroyedKeyEvaluatesNothing() throws EncodingRefused {
        EpochKey gone = EpochKey.restore(key.exportForKeyStore());
        assertThat(gone.toString()).startsWith("EpochKey[redacted");
        gone.destroy();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Voprf.blindEvaluate(gone, blinded, random));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(gone::exportForKeyStore);
    }

    @Test
    void outputsDoNotDependOnTheBlindOrTheBatch() {
        InputBatch inputs = InputBatch.of(List.of(new byte[0], new byte[] {1}, new byte[65_535]));
        Scalars blinds = Scalars.random(3, random);
        Elements asked = Voprf.blind(inputs, blinds);
        ProofCheck check = Voprf.verifyVarTime(key.publicKey(), asked, Voprf.blindEvaluate(key, asked, random));
        assertThat(Voprf.finish(inputs, blinds, (ProofCheck.Proven) check)).isEqualTo(Voprf.evaluateOwn(key, inputs));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> InputBatch.of(List.of(new byte[65_536])));
    }
}
