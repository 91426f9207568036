package org.entente.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that do everything wrong: each is answered with what is understood or ended, and nothing of it is left. */
@Timeout(240)
class BadConnectionsTest {
    private static final String LOCAL = "127.0.0.1";
    private static final int ROUNDS = 50;
    private static final int LARGE = 4 << 20;
    private static final int SPARE = 24;

    /** Times short enough to wait for; one address may come as often as it likes. */
    private static final PeerLimits LIMITS = PeerLimits.USUAL
            .with(new PeerLimits.Times(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(2),
                    64 * 1024,
                    Duration.ofMillis(50)))
            .with(new PeerLimits.Address(1_000, new PeerLimits.Rate(100_000, 100_000)))
            .with(new PeerLimits.Share(
                    64,
                    64,
                    new PeerLimits.Rate(100_000, 100_000),
                    PeerLimits.USUAL.share().bytes(),
                    PeerLimits.USUAL.share().workMillis()));

    private final LinkOnTrial link = open();

    private static LinkOnTrial open() {
        try {
            return new LinkOnTrial(
                    LIMITS,
                    List.of(
                            new PeerRoute("POST", "/v1/statements", "application/json", 10_000, request -> {
                                int count = request.body().readAllBytes().length;
                                return PeerReply.of(
                                        200, "text/plain", ("took " + count).getBytes(StandardCharsets.US_ASCII));
                            }),
                            new PeerRoute(
                                    "GET",
                                    "/v1/large",
                                    0,
                                    request -> PeerReply.of(200, "application/octet-stream", new byte[LARGE]))));
        } catch (LinkUnavailable failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterEach
    void close() {
        link.close();
    }

    private static String post(String headers, String body) {
        return "POST /v1/statements HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n"
                + body;
    }

    private String answerTo(String words) throws IOException {
        try (LinkOnTrial.Raw raw = link.raw(link.states, LOCAL)) {
            raw.say(words);
            return raw.hear();
        } catch (IOException ended) {
            return "";
        }
    }

    @Test
    void eachIsAnsweredWithWhatIsUnderstood() throws IOException {
        String close = "Connection: close\r\n";
        assertThat(answerTo(post(close + "Content-Length: 3\r\n", "abc")))
                .startsWith("HTTP/1.1 200")
                .endsWith("took 3");
        assertThat(answerTo(post(close + "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")))
                .endsWith("took 3");
        assertThat(answerTo("GET /v2/statements HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .endsWith("{\"code\":\"link.version-unknown\",\"versions\":[\"v1\"]}");
        assertThat(answerTo("GET /v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .doesNotContain("code");
        assertThat(answerTo(post("Content-Length: 3\r\n", "abc").replace("application/json", "text/html")))
                .startsWith("HTTP/1.1 415");
        assertThat(answerTo("BREW /v1/statements HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 404");
        assertThat(answerTo(post("Content-Length: 10001\r\n", ""))).startsWith("HTTP/1.1 413");
        assertThat(answerTo(post("Content-Length: 90\r\n", "abc"))).startsWith("HTTP/1.1 408");
        assertThat(answerTo(post("Content-Length: -3\r\n", "abc"))).startsWith("HTTP/1.1 400");
        assertThat(answerTo(post("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd")))
                .startsWith("HTTP/1.1 400");
        assertThat(answerTo(post(close + "Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n")))
                .startsWith("HTTP/1.1 400");
        assertThat(answerTo(post(close + "Transfer-Encoding: chunked\r\n", "fffffffff\r\nabc")))
                .startsWith("HTTP/1.1 4");
        assertThat(answerTo(post("Content-Length: 3\r\n", "abc").replace("Host: x", "X: " + "h".repeat(9_000))))
                .doesNotStartWith("HTTP/1.1 2");
        assertThat(answerTo("GET /v1/statements HTTP/9.9\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 505");
        assertThat(answerTo("no such thing\r\n\r\n")).doesNotStartWith("HTTP/1.1 2");
    }

    /** What is longer than it says is a request of its own, and a bad one. */
    @Test
    void aBodyLongerThanItSaysIsNotTakenForMore() throws IOException {
        assertThat(answerTo(post("Content-Length: 3\r\n", "abcdefgh")))
                .startsWith("HTTP/1.1 200")
                .contains("took 3")
                .doesNotContain("took 8");
    }

    @Test
    void requestsOneBehindTheOtherAreAnsweredInTheirOrder() throws IOException {
        String three = post("Content-Length: 1\r\n", "a")
                + post("Content-Length: 2\r\n", "bb")
                + post("Connection: close\r\nContent-Length: 3\r\n", "ccc");
        assertThat(answerTo(three)).containsSubsequence("took 1", "took 2", "took 3");
    }

    private static void until(String what, IntSupplier left, int most) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(40);
        while (left.getAsInt() > most) {
            assertThat(Instant.now())
                    .as(what + ": " + left.getAsInt() + " and not " + most)
                    .isBefore(end);
            Thread.sleep(20);
        }
    }

    /** Each byte comes in time, and the whole does not. */
    @Test
    void aHeadThatTricklesAHandshakeThatIsNeverMadeAndAReaderThatDoesNotReadAreEnded() throws Exception {
        List<AutoCloseable> held = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            held.add(link.plain(LOCAL));
        }
        LinkOnTrial.Raw reader = link.raw(link.states, LOCAL);
        reader.below().setReceiveBufferSize(4_096);
        held.add(reader);
        reader.say("GET /v1/large HTTP/1.1\r\nHost: x\r\n\r\n");
        LinkOnTrial.Raw trickling = link.raw(link.states, LOCAL);
        held.add(trickling);
        Thread.ofVirtual().start(() -> {
            try {
                trickling.say("GET /v1/large HTTP/1.1\r\nX: ");
                for (int i = 0; i < 1_000; i++) {
                    trickling.say("x");
                    Thread.sleep(100);
                }
            } catch (IOException | InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(link.listener.connections()).isEqualTo(10);
        until("connections", link.listener::connections, 0);
        for (AutoCloseable one : held) {
            one.close();
        }
    }

    private interface Badness {
        void happen() throws IOException;
    }

    private Badness over(String words, boolean reads) {
        return () -> {
            LinkOnTrial.Raw raw = link.raw(link.states, LOCAL);
            raw.say(words);
            if (reads) {
                assertThat(raw.socket().getInputStream().read()).isPositive();
            }
            raw.reset();
        };
    }

    private Badness halfClosed(String words) {
        return () -> {
            try (LinkOnTrial.Raw raw = link.raw(link.states, LOCAL)) {
                raw.say(words);
                raw.below().shutdownOutput();
                assertThat(raw.hear()).doesNotStartWith("HTTP/1.1 2");
            } catch (IOException ended) {
                assertThat(ended).hasMessageNotContaining("timed out");
            }
        };
    }

    private Badness plainly(byte[] bytes) {
        return () -> {
            try (Socket socket = link.plain(LOCAL)) {
                socket.getOutputStream().write(bytes);
                socket.setSoLinger(true, 0);
            }
        };
    }

    private Badness answered(String words) {
        return () -> assertThat(answerTo(words)).doesNotStartWith("HTTP/1.1 2");
    }

    private List<Badness> badnesses() {
        return List.of(
                () -> link.plain(LOCAL).close(),
                plainly("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                plainly(new byte[] {22, 3, 1, 2, 0, 1, 0, 1}),
                plainly(new byte[] {22, 3, 1, 0, 4, 1, 0, 0, 0}),
                over("", false),
                over("GET /v1/lar", false),
                over(post("Content-Length: 900\r\n", "abc"), false),
                over(post("Transfer-Encoding: chunked\r\n", "3\r\nab"), false),
                over("GET /v1/large HTTP/1.1\r\nHost: x\r\n\r\n", true),
                over("GET /v1/large HTTP/1.1\r\nHost: x\r\n\r\n", false),
                halfClosed("GET /v1/lar"),
                halfClosed(post("Content-Length: 900\r\n", "abc")),
                halfClosed(post("Transfer-Encoding: chunked\r\n", "5\r\nab")),
                answered(post("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd")),
                answered(post("Transfer-Encoding: chunked\r\nConnection: close\r\n", "zz\r\n")),
                answered(post("Transfer-Encoding: identity, gzip\r\nConnection: close\r\n", "zz\r\n")),
                answered("BREW /v1/statements HTTP/1.1\r\nHost: x\r\n\r\n"),
                answered("GET /v7/x HTTP/1.1\r\nHost: x\r\n\r\n"),
                answered("GET /v1/large HTTP/1.1\r\nX: " + "h".repeat(9_000) + "\r\n\r\n"),
                answered("\u0000\u0001\u0002\u0003\r\n\r\n"));
    }

    /** Whatever only the collector closes is closed before it is counted, at the beginning and at the end. */
    private static int descriptors() {
        System.gc();
        return (int)
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void everyOneOnce() throws IOException {
        for (Badness badness : badnesses()) {
            badness.happen();
        }
    }

    @Test
    void afterAThousandOfThemNothingIsLeft() throws Exception {
        everyOneOnce();
        until("connections", link.listener::connections, 0);
        int descriptors = descriptors();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long heap = heap();
        for (int round = 0; round < ROUNDS; round++) {
            everyOneOnce();
        }
        assertThat(ROUNDS * badnesses().size()).isGreaterThanOrEqualTo(1_000);
        until("connections", link.listener::connections, 0);
        until("descriptors", BadConnectionsTest::descriptors, descriptors + SPARE);
        until("threads", ManagementFactory.getThreadMXBean()::getThreadCount, threads + SPARE);
        assertThat(heap()).isLessThan(heap + (32L << 20));
        try (PeerClient honest = new PeerClient(link.states)) {
            assertThat(honest.call(link.peer(), LinkOnTrial.post("/v1/statements", 5)))
                    .isInstanceOfSatisfying(
                            PeerAnswer.Answered.class,
                            answer -> assertThat(answer.bytes()).asString().isEqualTo("took 5"));
        }
    }
}
