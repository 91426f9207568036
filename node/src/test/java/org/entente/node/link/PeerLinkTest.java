package org.entente.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PeerLinkTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final PeerLimits LIMITS = PeerLimits.USUAL
            .with(new PeerLimits.Times(
                    Duration.ofMillis(700),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(1),
                    1024 * 1024,
                    Duration.ofMillis(100)))
            .with(new PeerLimits.Share(
                    16,
                    2,
                    PeerLimits.USUAL.share().requests(),
                    PeerLimits.USUAL.share().bytes(),
                    PeerLimits.USUAL.share().workMillis()));
    private static final long BODY_BYTES_MAX = 1000;
    private static final long FILE_BYTES_MAX = 64L << 20;

    private final LinkIdentity mexico = LinkIdentity.generate("MX", Instant.EPOCH, RANDOM);
    private final LinkIdentity states = LinkIdentity.generate("US", Instant.EPOCH, RANDOM);
    private final LinkIdentity guatemala = LinkIdentity.generate("GT", Instant.EPOCH, RANDOM);
    private final LinkIdentity stranger = LinkIdentity.generate("US", Instant.EPOCH, RANDOM);
    private final Map<CertificateDigest, String> pinned = new ConcurrentHashMap<>();
    private final AtomicInteger served = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private PeerListener listener = open();

    @TempDir
    Path folder;

    private PeerListener open() {
        pinned.put(states.certificateDigest(), "US");
        pinned.put(guatemala.certificateDigest(), "GT");
        try {
            return PeerListener.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    mexico,
                    certificate -> Optional.ofNullable(pinned.get(certificate)),
                    List.of(
                            new PeerRoute("POST", "/peer/echo", BODY_BYTES_MAX, this::echo),
                            new PeerRoute("POST", "/peer/bodies", FILE_BYTES_MAX, this::digest),
                            new PeerRoute("GET", "/peer/slow", 0, this::waiting),
                            new PeerRoute("GET", "/peer/broken", 0, request -> {
                                throw new IllegalStateException("a bug");
                            }),
                            new PeerRoute("GET", "/peer/tiles/*", 0, this::echo)),
                    LIMITS);
        } catch (LinkUnavailable failed) {
            throw new IllegalStateException(failed);
        }
    }

    @BeforeEach
    void nothingServedYet() {
        assertThat(served).hasValue(0);
    }

    @AfterEach
    void close() {
        release.countDown();
        listener.close();
    }

    @Test
    void rightPinsWorkInBothDirectionsWithTheHybridGroup() {
        try (PeerClient client = new PeerClient(states)) {
            assertThat(text(client.call(mexico(), post("/peer/echo", "hola"))))
                    .isEqualTo("200 US POST /peer/echo hola");
            assertThat(text(client.call(mexico(), post("/peer/echo", "again")))).contains("again");
            assertThat(client.lastGroup()).isEqualTo("X25519MLKEM768");
            assertThat(listener.lastGroup()).isEqualTo("X25519MLKEM768");
        }
    }

    @Test
    void twoPartiesAreToldApart() {
        try (PeerClient us = new PeerClient(states);
                PeerClient gt = new PeerClient(guatemala)) {
            assertThat(text(us.call(mexico(), get("/peer/tiles/a/1")))).isEqualTo("200 US GET /peer/tiles/a/1 ");
            assertThat(text(gt.call(mexico(), get("/peer/tiles/a/1")))).isEqualTo("200 GT GET /peer/tiles/a/1 ");
        }
    }

    @Test
    void anUnknownClientFailsInTheHandshakeAlsoWithTheSameSubject() {
        try (PeerClient client = new PeerClient(stranger)) {
            assertThat(client.call(mexico(), post("/peer/echo", "x"))).isInstanceOf(PeerAnswer.Unreachable.class);
            assertThat(client.call(mexico(), get("/peer/nowhere"))).isInstanceOf(PeerAnswer.Unreachable.class);
        }
        assertThat(served).hasValue(0);
    }

    @Test
    void aClientWithoutACertificateFailsInTheHandshake() throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3", Conscrypt.newProvider());
        context.init(null, new TrustManager[] {new AcceptsAll()}, RANDOM);
        assertThatThrownBy(() -> speak(context, socket -> {}, "GET /peer/tiles/x HTTP/1.1\r\nHost: x\r\n\r\n"))
                .isInstanceOf(IOException.class);
        assertThat(served).hasValue(0);
    }

    @Test
    void aServerWithAnotherCertificateIsNotThePartyAndIsSentNothing() {
        try (PeerClient client = new PeerClient(states)) {
            Peer wrong = new Peer("MX", mexico().address(), Set.of(stranger.certificateDigest()));
            assertThat(client.call(wrong, post("/peer/echo", "x")))
                    .isInstanceOfSatisfying(
                            PeerAnswer.NotTheParty.class,
                            answer -> assertThat(answer.problem().code()).isEqualTo("link.not-the-party"));
            assertThat(served).hasValue(0);
        }
    }

    @Test
    void pinsChangeWhileConnectionsAreOpen() {
        try (PeerClient client = new PeerClient(states)) {
            assertThat(text(client.call(mexico(), get("/peer/tiles/x")))).startsWith("200");
            pinned.remove(states.certificateDigest());
            assertThat(text(client.call(mexico(), get("/peer/tiles/x")))).isEqualTo("403 ");
            assertThat(client.call(mexico(), get("/peer/tiles/x"))).isInstanceOf(PeerAnswer.Unreachable.class);
            pinned.put(states.certificateDigest(), "US");
            assertThat(text(client.call(mexico(), get("/peer/tiles/x")))).startsWith("200 US");
            Peer moved = new Peer(
                    "MX", mexico().address(), Set.of(stranger.certificateDigest(), mexico.certificateDigest()));
            assertThat(text(client.call(moved, get("/peer/tiles/x")))).startsWith("200 US");
        }
    }

    @Test
    void olderTlsOtherGroupsAndPlainHttpGetNothing() throws Exception {
        SSLContext ours = LinkTls.context(states, certificate -> true);
        String request = "GET /peer/tiles/x HTTP/1.1\r\nHost: x\r\n\r\n";
        assertThat(speak(ours, socket -> {}, request)).startsWith("HTTP/1.1 200");
        SSLContext older = SSLContext.getInstance("TLSv1.2", Conscrypt.newProvider());
        older.init(null, new TrustManager[] {new AcceptsAll()}, RANDOM);
        assertThatThrownBy(() -> speak(older, socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"}), request))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        speak(ours, socket -> Conscrypt.setNamedGroups(socket, new String[] {"X25519"}), request))
                .isInstanceOf(IOException.class);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            plain.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            plain.setSoTimeout(5000);
            byte[] answer = readAll(plain);
            assertThat(new String(answer, StandardCharsets.ISO_8859_1))
                    .doesNotContain("200")
                    .doesNotContain("peer");
        }
        assertThat(served).hasValue(1);
    }

    @Test
    void whatIsNotARouteIs404WithoutWords() {
        try (PeerClient client = new PeerClient(states)) {
            for (String path : List.of(
                    "/", "/health", "/peer", "/peer/echo/", "/peer/tiles/", "/peer/tiles/a%41b", "/peer/echo?x=1")) {
                assertThat(text(client.call(mexico(), get(path)))).as(path).isEqualTo("404 ");
            }
            assertThat(text(client.call(mexico(), get("/peer/echo")))).isEqualTo("404 ");
            assertThat(text(client.call(mexico(), get("/peer/tiles/a%2fb")))).isEqualTo("400 ");
        }
    }

    @Test
    void pathsThatClimbAre404() throws Exception {
        SSLContext context = LinkTls.context(states, certificate -> true);
        assertThat(speak(context, socket -> {}, "GET /peer/tiles/../echo HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(speak(context, socket -> {}, "TRACE /peer/tiles/x HTTP/1.1\r\nHost: x\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
        assertThat(served).hasValue(0);
    }

    @Test
    void aBodyAboveTheRoutesLimitIs413() throws Exception {
        try (PeerClient client = new PeerClient(states)) {
            assertThat(text(client.call(mexico(), post("/peer/echo", "x".repeat(1001)))))
                    .isEqualTo("413 ");
            assertThat(text(client.call(mexico(), post("/peer/echo", "x".repeat(1000)))))
                    .startsWith("200");
            Path large = Files.write(folder.resolve("large"), new byte[8 << 20]);
            assertThat(text(client.call(mexico(), stored("/peer/echo", large)))).isEqualTo("413 ");
        }
        String chunked = "POST /peer/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("100\r\n" + "y".repeat(256) + "\r\n").repeat(8) + "0\r\n\r\n";
        assertThat(speak(LinkTls.context(states, certificate -> true), socket -> {}, chunked))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void aFileIsStreamedWhole() throws Exception {
        byte[] content = new byte[24 << 20];
        new Random(7).nextBytes(content);
        Path file = Files.write(folder.resolve("body"), content);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        try (PeerClient client = new PeerClient(states)) {
            assertThat(text(client.call(mexico(), stored("/peer/bodies", file))))
                    .isEqualTo("200 " + digest);
        }
    }

    @Test
    void aBodyThatTricklesIsCut() throws Exception {
        SSLContext context = LinkTls.context(states, certificate -> true);
        long start = System.nanoTime();
        try (SSLSocket socket = connect(context, unchanged -> {})) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /peer/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> {
                try {
                    for (int count = 0; count < 900; count++) {
                        out.write('z');
                        out.flush();
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException cut) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(new String(readAll(socket), StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 408");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aBodyThatStopsIsCut() throws Exception {
        SSLContext context = LinkTls.context(states, certificate -> true);
        assertThat(speak(
                        context,
                        unchanged -> {},
                        "POST /peer/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc"))
                .startsWith("HTTP/1.1 408");
    }

    @Test
    void aHeaderBeyondItsLimitIsRefused() throws Exception {
        SSLContext context = LinkTls.context(states, certificate -> true);
        String request = "GET /peer/tiles/x HTTP/1.1\r\nHost: x\r\nX-Long: " + "h".repeat(9000) + "\r\n\r\n";
        assertThat(speak(context, unchanged -> {}, request)).doesNotStartWith("HTTP/1.1 200");
        assertThat(served).hasValue(0);
    }

    @Test
    void aFaultInAHandlerIs500WithoutWordsAndTheNextRequestIsServed() {
        try (PeerClient client = new PeerClient(states)) {
            assertThat(text(client.call(mexico(), get("/peer/broken")))).isEqualTo("500 ");
            assertThat(text(client.call(mexico(), get("/peer/tiles/x")))).startsWith("200");
        }
    }

    @Test
    void moreExchangesThanTheLimitAreTurnedAway() throws Exception {
        try (PeerClient client = new PeerClient(states)) {
            Thread first = Thread.ofVirtual().start(() -> client.call(mexico(), get("/peer/slow")));
            Thread second = Thread.ofVirtual().start(() -> client.call(mexico(), get("/peer/slow")));
            while (served.get() < 2) {
                Thread.onSpinWait();
            }
            assertThat(client.call(mexico(), get("/peer/tiles/x")))
                    .isEqualTo(new PeerAnswer.Later(Duration.ofSeconds(1)));
            release.countDown();
            first.join();
            second.join();
        }
    }

    @Test
    void aCallEndsAtItsDeadlineAndALongAnswerIsNotTaken() {
        try (PeerClient client = new PeerClient(states)) {
            // The first call connects, which may take long on a busy machine; the deadline is the second one's.
            assertThat(client.call(mexico(), get("/peer/tiles/x"))).isInstanceOf(PeerAnswer.Answered.class);
            long start = System.nanoTime();
            PeerAnswer late = client.call(
                    mexico(), new PeerCall("GET", "/peer/slow", new PeerCall.Body.None(), 10, Duration.ofSeconds(1)));
            assertThat(late)
                    .isInstanceOfSatisfying(
                            PeerAnswer.Unreachable.class,
                            answer -> assertThat(answer.problem().code()).isEqualTo("link.deadline"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            release.countDown();
            PeerAnswer longer =
                    client.call(mexico(), new PeerCall("GET", "/peer/tiles/x", new PeerCall.Body.None(), 5, LONG));
            assertThat(longer)
                    .isInstanceOfSatisfying(
                            PeerAnswer.Unreachable.class,
                            answer -> assertThat(answer.problem().code()).isEqualTo("link.answer-too-long"));
        }
    }

    @Test
    void nobodyThereIsUnreachableAndATakenPortIsSaid() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (PeerClient client = new PeerClient(states)) {
            Peer nobody = new Peer("MX", URI.create("https://127.0.0.1:" + free), Set.of(mexico.certificateDigest()));
            assertThat(client.call(nobody, get("/peer/x")))
                    .isInstanceOfSatisfying(
                            PeerAnswer.Unreachable.class,
                            answer -> assertThat(answer.problem().code()).isEqualTo("link.unreachable"));
        }
        assertThatThrownBy(() -> PeerListener.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()),
                        mexico,
                        certificate -> Optional.empty(),
                        List.of(),
                        LIMITS))
                .isInstanceOfSatisfying(
                        LinkUnavailable.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("link.port-taken"));
    }

    private PeerReply echo(PeerRequest request) throws IOException {
        served.incrementAndGet();
        String body = new String(request.body().readAllBytes(), StandardCharsets.UTF_8);
        String words = request.party() + " " + request.method() + " " + request.path() + " " + body;
        return PeerReply.of(200, "text/plain", words.getBytes(StandardCharsets.UTF_8));
    }

    private PeerReply digest(PeerRequest request) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[65536];
            for (int count = request.body().read(chunk);
                    count >= 0;
                    count = request.body().read(chunk)) {
                digest.update(chunk, 0, count);
            }
            return PeerReply.of(
                    200, "text/plain", HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private PeerReply waiting(PeerRequest request) {
        served.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return PeerReply.empty(204);
    }

    private Peer mexico() {
        return new Peer("MX", URI.create("https://127.0.0.1:" + listener.port()), Set.of(mexico.certificateDigest()));
    }

    private static PeerCall get(String path) {
        return new PeerCall("GET", path, new PeerCall.Body.None(), 100_000, LONG);
    }

    private static PeerCall post(String path, String text) {
        return new PeerCall(
                "POST",
                path,
                new PeerCall.Body.Bytes("text/plain", text.getBytes(StandardCharsets.UTF_8)),
                100_000,
                LONG);
    }

    private static PeerCall stored(String path, Path file) throws IOException {
        return new PeerCall(
                "POST",
                path,
                new PeerCall.Body.Streamed("application/octet-stream", Files.size(file), out -> Files.copy(file, out)),
                100_000,
                LONG);
    }

    private static String text(PeerAnswer answer) {
        return answer instanceof PeerAnswer.Answered answered
                ? answered.status() + " " + new String(answered.bytes(), StandardCharsets.UTF_8)
                : answer.toString();
    }

    private interface Preparation {
        void prepare(SSLSocket socket);
    }

    private SSLSocket connect(SSLContext context, Preparation preparation) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.port());
        Conscrypt.setNamedGroups(socket, new String[] {LinkTls.GROUP});
        preparation.prepare(socket);
        socket.setSoTimeout(8000);
        socket.startHandshake();
        return socket;
    }

    /** Sends raw words and gives back all that comes until the end or half a second of silence after something came. */
    private String speak(SSLContext context, Preparation preparation, String words) throws IOException {
        try (SSLSocket socket = connect(context, preparation)) {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            byte[] answer = new byte[4096];
            int count = socket.getInputStream().read(answer);
            if (count < 0) {
                throw new IOException("closed without a word");
            }
            return new String(answer, 0, count, StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] readAll(Socket socket) throws IOException {
        byte[] answer = new byte[4096];
        int count = Math.max(0, socket.getInputStream().read(answer));
        return Arrays.copyOf(answer, count);
    }
}
