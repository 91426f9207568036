package org.entente.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.body.BodyReference;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Stoppage;
import org.entente.node.link.LinkIdentity;
import org.entente.node.link.Peer;
import org.entente.node.link.PeerClient;
import org.entente.node.link.PeerExchangeHandler;
import org.entente.node.link.PeerLimits;
import org.entente.node.link.PeerListener;
import org.entente.node.link.PeerReply;
import org.entente.node.link.PeerRequest;
import org.entente.node.link.PeerRoute;
import org.entente.node.party.Share;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** A large body travels over mutual TLS between two nodes' folders, of which either is opened anew between pieces. */
@Timeout(120)
class BodyCarrierTest {
    private static final int PIECE = 1 << 16;
    private static final PartyCode US = new PartyCode("US");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LinkIdentity mexico = LinkIdentity.generate("MX", Instant.EPOCH, RANDOM);
    private final LinkIdentity states = LinkIdentity.generate("US", Instant.EPOCH, RANDOM);
    private final PeerClient client = new PeerClient(states);
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private int untilRefused = Integer.MAX_VALUE;
    private boolean stopped;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aBodyThatIsBrokenOffAtEveryPieceIsContinuedAndNothingIsBroughtTwice() throws Exception {
        byte[] content = body(7 * PIECE + 123);
        BodyReference body = kept(content);
        for (int start = 0; start < 8; start++) {
            untilRefused = taken.size() + 1;
            BodyFiles receiving = files("mx", 1L << 30);
            boolean last = start == 7;
            try (PeerListener listener = open(receiving)) {
                BodyCarrier carrier = new BodyCarrier(client, files("us", 1L << 30));
                if (last) {
                    assertThat(carrier.carry(peer(listener), body)).isTrue();
                } else {
                    assertThatThrownBy(() -> carrier.carry(peer(listener), body))
                            .isInstanceOf(BodyCarrier.NotCarried.class);
                }
            }
            assertThat(receiving.holds(body.ciphertext())).isEqualTo(last);
        }
        assertThat(taken).hasSize(8).doesNotHaveDuplicates();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        files("mx", 1L << 30).write(body.ciphertext(), arrived);
        assertThat(arrived.toByteArray()).isEqualTo(content);
        untilRefused = Integer.MAX_VALUE;
        try (PeerListener listener = open(files("mx", 1L << 30))) {
            assertThat(new BodyCarrier(client, files("us", 1L << 30)).carry(peer(listener), body))
                    .isTrue();
        }
        assertThat(taken).hasSize(8);
    }

    @Test
    void aBodyThatThePartnerNeverTakesIsGivenUpWithItsReason() throws Exception {
        BodyReference body = kept(body(5 * PIECE));
        BodyCarrier carrier = new BodyCarrier(client, files("us", 1L << 30));
        try (PeerListener listener = open(files("mx", 4L * PIECE))) {
            assertThat(carrier.carry(peer(listener), body)).isFalse();
            assertThat(carrier.isCarried(peer(listener), body)).isTrue();
        }
        assertThat(carrier.settled(List.of(body)).orElseThrow().code()).isEqualTo("link.body-refused");
        assertThat(carrier.settled(List.of(body))).isEmpty();
    }

    @Test
    void aStoppedLinkTakesNothingAndIsTriedAgain() throws Exception {
        BodyReference body = kept(body(3 * PIECE));
        BodyCarrier carrier = new BodyCarrier(client, files("us", 1L << 30));
        BodyFiles receiving = files("mx", 1L << 30);
        try (PeerListener listener = open(receiving)) {
            stopped = true;
            assertThatThrownBy(() -> carrier.carry(peer(listener), body)).hasMessageContaining("link.stopped");
            stopped = false;
            while (!carrier.isCarried(peer(listener), body)) {
                Thread.onSpinWait();
            }
        }
        assertThat(receiving.holds(body.ciphertext())).isTrue();
    }

    @Test
    void aLargeBodyThatDoesNotReadHereKeepsNothingWaiting() throws Exception {
        BodyReference body = kept(body(3 * PIECE));
        damage(body);
        BodyFiles receiving = files("mx", 1L << 30);
        try (PeerListener listener = open(receiving)) {
            BodyCarrier carrier = new BodyCarrier(client, files("us", 1L << 30));
            assertThat(carrier.isHere(body.ciphertext())).isTrue();
            while (!carrier.isCarried(peer(listener), body)) {
                Thread.onSpinWait();
            }
            assertThat(carrier.isHere(body.ciphertext())).isFalse();
            assertThat(carrier.settled(List.of(body))).as("nobody refused it").isEmpty();
            assertThat(carrier.isCarried(peer(listener), body)).isTrue();
        }
        assertThat(receiving.holds(body.ciphertext())).isFalse();
        assertThat(receiving.partial().standing(US, body.ciphertext()).held()).isEqualTo(2 * PIECE);
    }

    @Test
    void aShortBodyIsBroughtAndOneThatDoesNotReadHereIsNot() throws Exception {
        BodyReference good = kept(body(100));
        BodyReference bad = kept(body(200));
        damage(bad);
        BodyFiles receiving = files("mx", 1L << 30);
        BodyCarrier carrier = new BodyCarrier(client, files("us", 1L << 30));
        try (PeerListener listener = open(receiving)) {
            assertThat(carrier.bring(peer(listener), good)).isEqualTo(new BodyCarrier.Brought.Settled());
            assertThat(carrier.bring(peer(listener), bad)).isEqualTo(new BodyCarrier.Brought.Settled());
            assertThat(receiving.present(List.of(good, bad))).containsExactly(good.ciphertext());
            assertThat(carrier.isHere(bad.ciphertext())).isFalse();
            stopped = true;
            assertThat(carrier.bring(peer(listener), good))
                    .isEqualTo(new BodyCarrier.Brought.NotNow(Duration.ofSeconds(1)));
            assertThat(carrier.settled(List.of(good, bad))).isEmpty();
        }
        Peer nobody = new Peer("MX", URI.create("https://127.0.0.1:1"), Set.of(mexico.certificateDigest()));
        assertThat(carrier.bring(nobody, good)).isEqualTo(new BodyCarrier.Brought.Unanswered());
    }

    @ParameterizedTest
    @CsvSource({
        "413, '', body-refused",
        "422, body.too-large, body-refused",
        "422, body.not-the-one-named, body-refused",
        "422, '', body-refused",
        "422, link.stopped, waits",
        "422, body.piece-under-way, waits",
        "500, '', waits",
        "507, '', waits"
    })
    void whatAPartnerSaysOfAShortBodyOrAPieceIsForGoodOrForNow(int status, String code, String then) throws Exception {
        BodyReference small = kept(body(100));
        BodyReference large = kept(body(2 * PIECE));
        BodyCarrier carrier = new BodyCarrier(client, files("us", 1L << 30));
        try (PeerListener listener = open(request -> refusal(status, code))) {
            BodyCarrier.Brought brought = carrier.bring(peer(listener), small);
            if (then.equals("waits")) {
                assertThat(brought).isEqualTo(new BodyCarrier.Brought.NotNow(Duration.ofSeconds(1)));
                assertThatThrownBy(() -> carrier.carry(peer(listener), large))
                        .isInstanceOf(BodyCarrier.NotCarried.class)
                        .hasMessageContaining(Integer.toString(status));
                assertThat(carrier.settled(List.of(small, large))).isEmpty();
            } else {
                assertThat(brought).isEqualTo(new BodyCarrier.Brought.Settled());
                assertThat(carrier.carry(peer(listener), large)).isFalse();
                for (BodyReference body : List.of(small, large)) {
                    assertThat(carrier.settled(List.of(body)).orElseThrow().code())
                            .isEqualTo("link.body-refused");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 507})
    void theRestThatAPartnerAsksForIsHeeded(int status) throws Exception {
        BodyReference small = kept(body(100));
        BodyReference large = kept(body(2 * PIECE));
        BodyCarrier carrier = new BodyCarrier(client, files("us", 1L << 30));
        AtomicInteger calls = new AtomicInteger();
        try (PeerListener listener = open(request -> {
            calls.incrementAndGet();
            return refusal(status, "").after(Duration.ofMinutes(5));
        })) {
            assertThat(carrier.bring(peer(listener), small))
                    .isEqualTo(new BodyCarrier.Brought.NotNow(Duration.ofMinutes(5)));
            assertThat(carrier.isCarried(peer(listener), large)).isFalse();
            int before;
            do {
                before = calls.get();
                assertThat(carrier.isCarried(peer(listener), large)).isFalse();
                Thread.sleep(1_500);
            } while (calls.get() > before);
            assertThat(calls.get()).as("not asked again meanwhile").isLessThanOrEqualTo(2);
        }
    }

    private static PeerReply refusal(int status, String code) {
        return code.isEmpty()
                ? PeerReply.empty(status)
                : PeerReply.of(
                        status,
                        "application/json",
                        CanonicalJson.encode(
                                JsonNodeFactory.instance.objectNode().put("code", code)));
    }

    /** Spoils the last of what lies in the place of a body. */
    private void damage(BodyReference body) throws Exception {
        Path file = folder.resolve("us/bodies").resolve(body.ciphertext().hex());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 40] ^= 1;
        Files.write(file, bytes);
    }

    private PeerListener open(PeerExchangeHandler handler) throws Exception {
        return PeerListener.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                mexico,
                certificate -> certificate.equals(states.certificateDigest()) ? Optional.of("US") : Optional.empty(),
                List.of(
                        new PeerRoute("PUT", BodyDesk.ROUTE, PIECE, handler),
                        new PeerRoute("GET", BodyDesk.ROUTE, 0, handler)),
                PeerLimits.USUAL);
    }

    private PeerListener open(BodyFiles receiving) throws Exception {
        BodyDesk desk = new BodyDesk(receiving, Share.UNBOUNDED, partner -> {
            if (stopped) {
                throw new Malformed("link.stopped", partner.text());
            }
        });
        return PeerListener.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                mexico,
                certificate -> certificate.equals(states.certificateDigest()) ? Optional.of("US") : Optional.empty(),
                List.of(
                        new PeerRoute("PUT", BodyDesk.ROUTE, desk.bytesMax(), request -> {
                            if (taken.size() >= untilRefused) {
                                throw new IllegalStateException("the node is gone");
                            }
                            PeerReply reply = answer(desk::bring, request);
                            if (reply.status() == 200) {
                                taken.add(request.path());
                            }
                            return reply;
                        }),
                        new PeerRoute("GET", BodyDesk.ROUTE, 0, request -> answer(desk::standing, request))),
                PeerLimits.USUAL);
    }

    private interface Asked {
        PeerReply of(PartyCode partner, PeerRequest request) throws java.io.IOException, Malformed;
    }

    private static PeerReply answer(Asked asked, PeerRequest request) throws java.io.IOException {
        try {
            return asked.of(new PartyCode(request.party()), request);
        } catch (Malformed refused) {
            return PeerReply.of(
                    422,
                    "application/json",
                    CanonicalJson.encode(JsonNodeFactory.instance
                            .objectNode()
                            .put("code", refused.problem().code())));
        }
    }

    private Peer peer(PeerListener listener) {
        return new Peer("MX", URI.create("https://127.0.0.1:" + listener.port()), Set.of(mexico.certificateDigest()));
    }

    private BodyReference kept(byte[] content) throws Exception {
        Digest digest = Digest.of(content);
        files("us", 1L << 30).keep(digest, new ByteArrayInputStream(content));
        return new BodyReference(digest, content.length, Digest.of(new byte[] {1}));
    }

    /** The folder of a node, opened as after a start. */
    private BodyFiles files(String node, long bytesMax) throws Exception {
        BodyFiles files = new BodyFiles(
                DiskFolder.make(folder.resolve(node).resolve("bodies")),
                BodyKeys.open(DiskFolder.make(folder.resolve(node).resolve("keys")), new byte[16], RANDOM),
                new DiskSpace(folder, 0),
                new Stoppage(),
                new BodyFiles.Limits(bytesMax, PIECE));
        files.makeReady();
        return files;
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        new Random(length).nextBytes(body);
        return Arrays.copyOf(body, length);
    }
}
