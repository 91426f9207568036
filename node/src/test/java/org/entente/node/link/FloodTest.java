package org.entente.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One partner does with all its might what it may not, while another goes on with its exchange. */
@Timeout(180)
class FloodTest {
    private static final String HALF_OPENING = "127.0.0.2";
    private static final String CALLING = "127.0.0.3";
    private static final String TRICKLING = "127.0.0.4";
    private static final int HONEST_CALLS = 150;
    private static final int HALF_OPEN = 100;
    private static final long WORK_NANOS = 20_000_000;

    private static final PeerLimits LIMITS = PeerLimits.USUAL
            .with(new PeerLimits.Times(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    64 * 1024,
                    Duration.ofMillis(200)))
            .with(new PeerLimits.Address(64, new PeerLimits.Rate(20, 100)))
            .with(new PeerLimits.Share(
                    8,
                    4,
                    new PeerLimits.Rate(200, 400),
                    new PeerLimits.Rate(4 << 20, 8 << 20),
                    new PeerLimits.Rate(300, 600)));

    private final AtomicInteger honestServed = new AtomicInteger();
    private final AtomicLong floodedNanos = new AtomicLong();

    /** Costs what the verification of some statements does. */
    private PeerReply verify(PeerRequest request) throws IOException {
        byte[] body = request.body().readAllBytes();
        if (request.party().equals("GT")) {
            honestServed.incrementAndGet();
            return PeerReply.of(200, "text/plain", body);
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < WORK_NANOS) {
            try {
                MessageDigest.getInstance("SHA-256").digest(new byte[1 << 16]);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
        floodedNanos.addAndGet(System.nanoTime() - start);
        return PeerReply.empty(422);
    }

    /** One way to flood, again and again until it is over. */
    private interface Flood {
        void once() throws IOException;
    }

    private static void until(CountDownLatch over, Flood flood) {
        while (over.getCount() > 0) {
            try {
                flood.once();
            } catch (IOException ended) {
                Thread.onSpinWait();
            }
        }
    }

    private static void trickle(LinkOnTrial link, CountDownLatch over) throws IOException {
        try (LinkOnTrial.Raw raw = link.raw(link.states, TRICKLING)) {
            raw.say("POST /v1/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
            for (int i = 0; i < 100 && over.getCount() > 0; i++) {
                raw.say("x");
                Thread.sleep(50);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void thePartnerThatFloodsIsThrottledAlone() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger throttled = new AtomicInteger();
        List<PeerRoute> routes = List.of(new PeerRoute("POST", "/v1/statements", 4 << 20, this::verify));
        List<Socket> halfOpen = new ArrayList<>();
        try (LinkOnTrial link = new LinkOnTrial(LIMITS, routes);
                ExecutorService flooding = Executors.newVirtualThreadPerTaskExecutor();
                PeerClient honest = new PeerClient(link.guatemala)) {
            assertThat(honest.call(link.peer(), LinkOnTrial.post("/v1/statements", 10)))
                    .isInstanceOf(PeerAnswer.Answered.class);
            for (int i = 0; i < HALF_OPEN; i++) {
                halfOpen.add(link.plain(HALF_OPENING));
            }
            for (int i = 0; i < 12; i++) {
                flooding.execute(() -> until(over, () -> {
                    try (LinkOnTrial.Raw raw = link.raw(link.states, CALLING)) {
                        for (int calls = 0; calls < 50 && over.getCount() > 0; calls++) {
                            raw.say("POST /v1/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n"
                                    + "s".repeat(2_000));
                            byte[] answer = raw.socket().getInputStream().readNBytes(12);
                            throttled.addAndGet(
                                    answer.length == 12 && answer[9] == '4' && answer[10] == '2' && answer[11] == '9'
                                            ? 1
                                            : 0);
                        }
                    }
                }));
                flooding.execute(() -> until(over, () -> trickle(link, over)));
                flooding.execute(
                        () -> until(over, () -> link.plain(HALF_OPENING).close()));
            }
            long worst = 0;
            for (int i = 0; i < HONEST_CALLS; i++) {
                long start = System.nanoTime();
                PeerAnswer answer = honest.call(link.peer(), LinkOnTrial.post("/v1/statements", 100 + i));
                worst = Math.max(worst, System.nanoTime() - start);
                assertThat(answer)
                        .isInstanceOfSatisfying(
                                PeerAnswer.Answered.class,
                                answered -> assertThat(answered.status()).isEqualTo(200));
                Thread.sleep(20);
            }
            over.countDown();
            assertThat(Duration.ofNanos(worst)).isLessThan(Duration.ofSeconds(10));
            assertThat(honestServed).hasValue(HONEST_CALLS + 1);
            assertThat(throttled)
                    .as("calls of the flooder that were answered 429")
                    .hasPositiveValue();
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }
}
