package org.entente.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pins are asked of a database during a handshake, inside native code that a virtual thread cannot leave. */
@Timeout(120)
class PinLookupTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long LOOKUP_MILLIS = 300;

    private final LinkIdentity mexico = LinkIdentity.generate("MX", Instant.EPOCH, RANDOM);
    private final LinkIdentity states = LinkIdentity.generate("US", Instant.EPOCH, RANDOM);

    /** Answers each connection with one byte after a while, as a database does. */
    private static void answerSlowly(ServerSocket database) {
        while (!database.isClosed()) {
            try {
                Socket asked = database.accept();
                Thread.ofPlatform().start(() -> {
                    try (asked) {
                        Thread.sleep(LOOKUP_MILLIS);
                        asked.getOutputStream().write(1);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static Optional<String> lookUp(ServerSocket database) {
        try (Socket asking = new Socket(database.getInetAddress(), database.getLocalPort())) {
            return asking.getInputStream().read() == 1 ? Optional.of("US") : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyHandshakesAtOnceDoNotHoldEachOtherUpForEver() throws Exception {
        try (ServerSocket database = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().start(() -> answerSlowly(database));
            PeerListener listener = PeerListener.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    mexico,
                    certificate -> lookUp(database),
                    List.of(new PeerRoute("GET", "/peer/hello", 0, request -> PeerReply.empty(204))),
                    PeerLimits.USUAL);
            int calls = 4 * Runtime.getRuntime().availableProcessors();
            try (ExecutorService callers = Executors.newFixedThreadPool(calls)) {
                List<Callable<PeerAnswer>> all = new ArrayList<>();
                for (int i = 0; i < calls; i++) {
                    all.add(() -> call(listener.port()));
                }
                for (Future<PeerAnswer> answer : callers.invokeAll(all)) {
                    assertThat(answer.get())
                            .isInstanceOfSatisfying(
                                    PeerAnswer.Answered.class,
                                    answered -> assertThat(answered.status()).isEqualTo(204));
                }
            } finally {
                listener.close();
            }
        }
    }

    private PeerAnswer call(int port) {
        try (PeerClient client = new PeerClient(states)) {
            return client.call(
                    new Peer("MX", URI.create("https://127.0.0.1:" + port), Set.of(mexico.certificateDigest())),
                    new PeerCall("GET", "/peer/hello", new PeerCall.Body.None(), 1024, Duration.ofSeconds(20)));
        }
    }
}
