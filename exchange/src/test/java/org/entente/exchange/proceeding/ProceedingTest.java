package org.entente.exchange.proceeding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Handover.Verdict;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.exchange.message.Reply.Stage;
import org.entente.exchange.message.Samples;
import org.junit.jupiter.api.Test;

class ProceedingTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private final Samples samples = new Samples(77);
    private final Digest request = samples.digest();
    private final Digest decision = samples.digest();
    private final Digest release = samples.digest();

    @Test
    void aRequestGoesFromAskingToOpening() {
        RequestProceeding proceeding = RequestProceeding.of(request, Samples.MX, Samples.US);
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.Unseen());
        proceeding = proceeding.with(mx(request, samples.itemRequested()));
        assertThat(proceeding.next()).contains(new Duty(Samples.US, Duty.Step.DECIDE));
        proceeding = proceeding.with(us(decision, decided(Verdict.APPROVED)));
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.Approved(decision));
        assertThat(proceeding.next()).contains(new Duty(Samples.US, Duty.Step.RELEASE));
        proceeding = proceeding.with(us(release, samples.itemReleased(request)));
        assertThat(proceeding.next()).contains(new Duty(Samples.MX, Duty.Step.RECEIVE));
        proceeding = proceeding.with(mx(samples.digest(), receipt(Stage.DELIVERED)));
        assertThat(proceeding.next()).contains(new Duty(Samples.MX, Duty.Step.OPEN));
        proceeding = proceeding.with(mx(samples.digest(), receipt(Stage.OPENED)));
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.Opened(release));
        assertThat(proceeding.next()).isEmpty();
        assertThat(proceeding.irregularities()).isEmpty();
    }

    @Test
    void aRefusedRequestReleasesNothing() {
        Digest second = samples.digest();
        RequestProceeding proceeding = RequestProceeding.of(request, Samples.MX, Samples.US)
                .with(mx(request, samples.itemRequested()))
                .with(us(decision, decided(Verdict.REFUSED)))
                .with(us(second, samples.itemReleased(request)));
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.NotGranted(decision, Optional.of("4.1")));
        assertThat(proceeding.irregularities()).hasSize(1);
        assertThat(proceeding.irregularities().getFirst().arguments()).containsExactly(second.hex());
    }

    @Test
    void theReceiverToMustPermit() {
        RequestProceeding proceeding = RequestProceeding.of(request, Samples.MX, Samples.US)
                .with(mx(request, samples.itemRequested()))
                .with(us(decision, decided(Verdict.APPROVED)))
                .with(us(release, samples.itemReleased(request)))
                .with(mx(samples.digest(), new Reply.Refused(release, Reply.Reason.NOT_PERMITTED, Optional.of("6.1"))));
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.NotTakenIn(release, Optional.of("6.1")));
    }

    @Test
    void anApprovalMayStillBeTakenBackBeforeTheRelease() {
        Digest refusal = samples.digest();
        RequestProceeding proceeding = RequestProceeding.of(request, Samples.MX, Samples.US)
                .with(mx(request, samples.itemRequested()))
                .with(us(decision, decided(Verdict.APPROVED)))
                .with(us(refusal, new Reply.Refused(request, Reply.Reason.NOT_IN_FORCE, Optional.empty())));
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.NotGranted(refusal, Optional.empty()));
    }

    @Test
    void aDecisionThatTheAskerRefusesDecidesNothing() {
        RequestProceeding proceeding = RequestProceeding.of(request, Samples.MX, Samples.US)
                .with(mx(request, samples.itemRequested()))
                .with(us(decision, decided(Verdict.APPROVED)))
                .with(mx(samples.digest(), new Reply.Refused(decision, Reply.Reason.NOT_APPROVED, Optional.empty())));
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.Asked());
        assertThat(proceeding.with(us(release, samples.itemReleased(request))).state())
                .isEqualTo(new RequestProceeding.State.Asked());
        assertThat(proceeding
                        .with(us(samples.digest(), decided(Verdict.APPROVED)))
                        .with(us(release, samples.itemReleased(request)))
                        .state())
                .isEqualTo(new RequestProceeding.State.Released(release));
    }

    @Test
    void aFloodOfAnswersStopsNobodyFromReadingTheState() {
        RequestProceeding proceeding = RequestProceeding.of(request, Samples.MX, Samples.US)
                .with(mx(request, samples.itemRequested()))
                .with(us(decision, decided(Verdict.APPROVED)));
        for (int i = 0; i < 1_100; i++) {
            proceeding = proceeding.with(
                    us(samples.digest(), new Reply.Receipt(request, Stage.DELIVERED, Optional.empty())));
        }
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.Approved(decision));
    }

    @Test
    void nobodyAnswersTheirOwnRequest() {
        RequestProceeding proceeding = RequestProceeding.of(request, Samples.MX, Samples.US)
                .with(mx(request, samples.itemRequested()))
                .with(mx(decision, decided(Verdict.APPROVED)));
        assertThat(proceeding.state()).isEqualTo(new RequestProceeding.State.Asked());
    }

    @Test
    void everyInterleavingOfBothPartiesGivesTheSameState() {
        for (long seed = 0; seed < 2_000L * DEPTH; seed++) {
            Random random = new Random(seed);
            List<Said> byMx = new ArrayList<>(List.of(mx(request, samples.itemRequested())));
            List<Said> byUs = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                byUs.add(us(pick(random, decision, samples.digest()), pick(random, answers())));
            }
            byUs.add(random.nextInt(byUs.size() + 1), us(release, samples.itemReleased(request)));
            for (int i = random.nextInt(4); i > 0; i--) {
                byMx.add(mx(samples.digest(), pick(random, reactions())));
            }
            RequestProceeding oneAfterTheOther = interleaved(byMx, byUs, new Random(0) {
                @Override
                public boolean nextBoolean() {
                    return true;
                }
            });
            RequestProceeding mixed = interleaved(byMx, byUs, random);
            assertThat(mixed).as("seed %d", seed).isEqualTo(oneAfterTheOther);
            assertThat(mixed.state()).isEqualTo(oneAfterTheOther.state());
            assertThat(mixed.irregularities()).isEqualTo(oneAfterTheOther.irregularities());
        }
    }

    @Test
    void aProbeIsAnsweredOrRefusedOnce() {
        Digest probe = samples.digest();
        Digest answer = samples.digest();
        Message answered = new Comparison.ProbeAnswered(
                probe, samples.body(), ((Comparison.ProbeAsked) samples.probeAsked()).sent());
        ProbeProceeding asked =
                ProbeProceeding.of(probe, Samples.MX, Samples.US).with(mx(probe, samples.probeAsked()));
        assertThat(asked.next()).contains(new Duty(Samples.US, Duty.Step.ANSWER));
        ProbeProceeding done = asked.with(us(answer, answered)).with(us(answer, answered));
        assertThat(done.state()).isEqualTo(new ProbeProceeding.State.Answered(answer));
        assertThat(done.irregularities()).isEmpty();
        Reply.Refused refusal = new Reply.Refused(probe, Reply.Reason.QUOTA, Optional.empty());
        assertThat(done.with(us(samples.digest(), refusal)).irregularities()).hasSize(1);
        assertThat(done.with(mx(samples.digest(), new Reply.Receipt(answer, Stage.DELIVERED, Optional.empty())))
                        .state())
                .isEqualTo(new ProbeProceeding.State.Received(answer));
        Digest refused = samples.digest();
        assertThat(asked.with(us(refused, refusal)).state())
                .isEqualTo(new ProbeProceeding.State.NotAnswered(refused, Optional.empty()));
        assertThat(ProbeProceeding.of(probe, Samples.MX, Samples.US)
                        .with(us(answer, answered))
                        .with(mx(probe, samples.probeAsked()))
                        .state())
                .isEqualTo(new ProbeProceeding.State.Answered(answer));
    }

    private RequestProceeding interleaved(List<Said> byMx, List<Said> byUs, Random random) {
        Deque<Said> one = new ArrayDeque<>(byMx);
        Deque<Said> other = new ArrayDeque<>(byUs);
        RequestProceeding proceeding = RequestProceeding.of(request, Samples.MX, Samples.US);
        while (!one.isEmpty() || !other.isEmpty()) {
            boolean first = other.isEmpty() || (!one.isEmpty() && random.nextBoolean());
            proceeding = proceeding.with(first ? one.remove() : other.remove());
            if (random.nextInt(4) == 0 && !byMx.isEmpty()) {
                proceeding = one.size() < byMx.size() ? proceeding.with(byMx.getFirst()) : proceeding;
            }
        }
        return proceeding;
    }

    private Message[] answers() {
        return new Message[] {
            decided(Verdict.APPROVED),
            decided(Verdict.REFUSED),
            samples.itemReleased(request),
            new Reply.Refused(request, Reply.Reason.NOT_PERMITTED, Optional.empty()),
            new Reply.Receipt(request, Stage.DELIVERED, Optional.empty())
        };
    }

    private Message[] reactions() {
        return new Message[] {
            receipt(Stage.DELIVERED),
            receipt(Stage.OPENED),
            receipt(Stage.UNREADABLE),
            new Reply.Refused(release, Reply.Reason.NOT_PERMITTED, Optional.empty()),
            new Reply.Refused(decision, Reply.Reason.NOT_APPROVED, Optional.empty())
        };
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private Message decided(Verdict verdict) {
        return new Handover.RequestDecided(request, verdict, Optional.of("4.1"));
    }

    private Message receipt(Stage stage) {
        return new Reply.Receipt(release, stage, Optional.empty());
    }

    private static Said mx(Digest id, Message message) {
        return new Said(Samples.MX, id, message);
    }

    private static Said us(Digest id, Message message) {
        return new Said(Samples.US, id, message);
    }
}
