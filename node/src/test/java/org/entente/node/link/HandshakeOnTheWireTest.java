package org.entente.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both ends say in a handshake, read from the bytes between them (RFC 8446, section 4; the group by draft-ietf-tls-ecdhe-mlkem). */
@Timeout(60)
class HandshakeOnTheWireTest {
    private static final int X25519MLKEM768 = 0x11EC;
    private static final int KEY_SHARE = 51;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int TLS_1_3 = 0x0304;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int HANDSHAKE = 22;
    /** ML-KEM-768 encapsulation key and X25519 point; ciphertext and point. */
    private static final int CLIENT_SHARE_BYTES = 1_184 + 32;

    private static final int SERVER_SHARE_BYTES = 1_088 + 32;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LinkIdentity mexico = LinkIdentity.generate("MX", Instant.EPOCH, RANDOM);
    private final LinkIdentity states = LinkIdentity.generate("US", Instant.EPOCH, RANDOM);
    private final PeerListener listener = open();

    private PeerListener open() {
        try {
            return PeerListener.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    mexico,
                    certificate ->
                            certificate.equals(states.certificateDigest()) ? Optional.of("US") : Optional.empty(),
                    List.of(new PeerRoute("GET", "/v1/hello", 0, request -> PeerReply.empty(204))),
                    PeerLimits.USUAL);
        } catch (LinkUnavailable failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterEach
    void close() {
        listener.close();
    }

    /** One handshake message: its type, and what follows its length. */
    private record Hello(int type, ByteBuffer body) {
        /** The first message of a direction, whose records may divide it. */
        static Hello first(byte[] stream) throws IOException {
            ByteBuffer records = ByteBuffer.wrap(stream);
            ByteArrayOutputStream handshake = new ByteArrayOutputStream();
            while (records.remaining() > 5 && records.get(records.position()) == HANDSHAKE) {
                records.position(records.position() + 3);
                byte[] fragment = new byte[records.getShort() & 0xffff];
                records.get(fragment);
                handshake.write(fragment);
            }
            ByteBuffer message = ByteBuffer.wrap(handshake.toByteArray());
            int header = message.getInt();
            return new Hello(header >>> 24, message.slice(4, header & 0xffffff));
        }

        /** The bytes of an extension; a hello has it once or not. */
        Optional<ByteBuffer> extension(int wanted) {
            ByteBuffer reading = body.duplicate().position(2 + 32);
            skip(reading, reading.get() & 0xff);
            skip(reading, type == CLIENT_HELLO ? reading.getShort() & 0xffff : 2);
            skip(reading, type == CLIENT_HELLO ? reading.get() & 0xff : 1);
            reading.getShort();
            List<ByteBuffer> found = new ArrayList<>();
            while (reading.hasRemaining()) {
                int name = reading.getShort() & 0xffff;
                int length = reading.getShort() & 0xffff;
                if (name == wanted) {
                    found.add(reading.slice(reading.position(), length));
                }
                skip(reading, length);
            }
            assertThat(found).hasSizeLessThan(2);
            return found.stream().findFirst();
        }

        private static void skip(ByteBuffer buffer, int count) {
            buffer.position(buffer.position() + count);
        }
    }

    /** Carries one connection to the listener and writes down what passes. */
    private static final class Tap implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        private final ByteArrayOutputStream toServer = new ByteArrayOutputStream();
        private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
        private final Thread carrying;

        Tap(int port) throws IOException {
            carrying = Thread.ofPlatform().start(() -> {
                try (Socket client = door.accept();
                        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    Thread back = Thread.ofPlatform().start(() -> copy(server, client, toClient));
                    copy(client, server, toServer);
                    back.join();
                } catch (IOException | InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        private static void copy(Socket from, Socket to, ByteArrayOutputStream written) {
            byte[] chunk = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    written.write(chunk, 0, count);
                    out.write(chunk, 0, count);
                    out.flush();
                }
                to.shutdownOutput();
            } catch (IOException ended) {
                closed(from);
                closed(to);
            }
        }

        private static void closed(Socket socket) {
            try {
                socket.close();
            } catch (IOException already) {
                throw new IllegalStateException(already);
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    @Test
    void bothHellosCarryTheHybridShareAndBothEndsReadItsName() throws Exception {
        try (Tap tap = new Tap(listener.port())) {
            try (PeerClient client = new PeerClient(states)) {
                Peer through = new Peer(
                        "MX",
                        URI.create("https://127.0.0.1:" + tap.door.getLocalPort()),
                        Set.of(mexico.certificateDigest()));
                assertThat(client.call(through, new PeerCall("GET", "/v1/hello", new PeerCall.Body.None(), 100, LONG)))
                        .isInstanceOf(PeerAnswer.Answered.class);
                assertThat(client.lastGroup()).isEqualTo("X25519MLKEM768");
                assertThat(listener.lastGroup()).isEqualTo("X25519MLKEM768");
            }
            tap.carrying.join();
            Hello client = Hello.first(tap.toServer.toByteArray());
            assertThat(client.type()).isEqualTo(CLIENT_HELLO);
            ByteBuffer shares = client.extension(KEY_SHARE).orElseThrow();
            assertThat(shares.getShort() & 0xffff).as("one share and no other").isEqualTo(4 + CLIENT_SHARE_BYTES);
            assertThat(shares.getShort() & 0xffff).isEqualTo(X25519MLKEM768);
            assertThat(shares.getShort() & 0xffff).isEqualTo(CLIENT_SHARE_BYTES);
            ByteBuffer groups = client.extension(SUPPORTED_GROUPS).orElseThrow();
            assertThat(groups.getShort() & 0xffff)
                    .as("no other group is offered")
                    .isEqualTo(2);
            assertThat(groups.getShort() & 0xffff).isEqualTo(X25519MLKEM768);
            ByteBuffer versions = client.extension(SUPPORTED_VERSIONS).orElseThrow();
            assertThat(versions.get()).as("no older version is offered").isEqualTo((byte) 2);
            assertThat(versions.getShort() & 0xffff).isEqualTo(TLS_1_3);

            Hello server = Hello.first(tap.toClient.toByteArray());
            assertThat(server.type()).isEqualTo(SERVER_HELLO);
            ByteBuffer share = server.extension(KEY_SHARE).orElseThrow();
            assertThat(share.getShort() & 0xffff).isEqualTo(X25519MLKEM768);
            assertThat(share.getShort() & 0xffff).isEqualTo(SERVER_SHARE_BYTES);
            assertThat(server.extension(SUPPORTED_VERSIONS).orElseThrow().getShort() & 0xffff)
                    .isEqualTo(TLS_1_3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256", "P-384"})
    void aClientThatOffersOnlyAnotherGroupGetsNoAnswer(String group) throws Exception {
        try (SSLSocket socket = (SSLSocket) LinkTls.context(states, certificate -> true)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), listener.port())) {
            Conscrypt.setNamedGroups(socket, new String[] {group});
            socket.setSoTimeout(8_000);
            assertThat(answers(socket)).isFalse();
        }
    }

    private static boolean answers(SSLSocket socket) {
        try {
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException refused) {
            return false;
        }
    }

    /** A server at which the client's own strictness is what refuses. */
    private PeerAnswer callOf(String protocol, String group) throws Exception {
        SSLServerSocket door = (SSLServerSocket) LinkTls.context(mexico, certificate -> true)
                .getServerSocketFactory()
                .createServerSocket(0, 4, InetAddress.getLoopbackAddress());
        try (door) {
            door.setEnabledProtocols(new String[] {protocol});
            Thread serving = Thread.ofPlatform().start(() -> {
                try (SSLSocket socket = (SSLSocket) door.accept()) {
                    Conscrypt.setNamedGroups(socket, new String[] {group});
                    new DataInputStream(socket.getInputStream()).readFully(new byte[16]);
                    socket.getOutputStream()
                            .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException refused) {
                    Thread.currentThread().interrupt();
                }
            });
            try (PeerClient client = new PeerClient(states)) {
                return client.call(
                        new Peer(
                                "MX",
                                URI.create("https://127.0.0.1:" + door.getLocalPort()),
                                Set.of(mexico.certificateDigest())),
                        new PeerCall("GET", "/v1/hello", new PeerCall.Body.None(), 100, LONG));
            } finally {
                serving.join();
            }
        }
    }

    @Test
    void theClientTakesNoServerWithAnotherGroupOrAnOlderProtocol() throws Exception {
        assertThat(callOf("TLSv1.3", "X25519MLKEM768"))
                .as("the same server in the right way is taken")
                .isInstanceOf(PeerAnswer.Answered.class);
        assertThat(callOf("TLSv1.3", "X25519")).isInstanceOf(PeerAnswer.Unreachable.class);
        assertThat(callOf("TLSv1.3", "P-256")).isInstanceOf(PeerAnswer.Unreachable.class);
        assertThat(callOf("TLSv1.2", "X25519")).isInstanceOf(PeerAnswer.Unreachable.class);
    }
}
