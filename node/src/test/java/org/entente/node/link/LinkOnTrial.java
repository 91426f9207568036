package org.entente.node.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.conscrypt.Conscrypt;

/** A listener of Mexico with two partners, and raw connections to it over real TLS. */
final class LinkOnTrial implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int SOCKET_MILLIS = 15_000;

    final LinkIdentity states = LinkIdentity.generate("US", Instant.EPOCH, RANDOM);
    final LinkIdentity guatemala = LinkIdentity.generate("GT", Instant.EPOCH, RANDOM);
    final PeerListener listener;
    private final LinkIdentity mexico = LinkIdentity.generate("MX", Instant.EPOCH, RANDOM);

    LinkOnTrial(PeerLimits limits, List<PeerRoute> routes) throws LinkUnavailable {
        Map<CertificateDigest, String> pins =
                Map.of(states.certificateDigest(), "US", guatemala.certificateDigest(), "GT");
        listener = PeerListener.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                mexico,
                certificate -> Optional.ofNullable(pins.get(certificate)),
                routes,
                limits);
    }

    /** A connection on which nothing was said yet, not even in TLS. */
    Socket plain(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
        socket.setSoTimeout(SOCKET_MILLIS);
        return socket;
    }

    /** A connection of a partner on which TLS has been agreed; what it stands on can be pulled away from under it. */
    record Raw(Socket below, SSLSocket socket) implements AutoCloseable {
        void say(String words) throws IOException {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Ends as a crashed machine does: by a reset. */
        void reset() throws IOException {
            below.setSoLinger(true, 0);
            close();
        }

        /** All that comes until the other side ends it or is silent. */
        String hear() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            below.close();
            socket.close();
        }
    }

    Raw raw(LinkIdentity identity, String from) throws IOException {
        Socket below = plain(from);
        SSLSocket socket = (SSLSocket) LinkTls.context(identity, certificate -> true)
                .getSocketFactory()
                .createSocket(below, "", listener.port(), false);
        Conscrypt.setNamedGroups(socket, new String[] {LinkTls.GROUP});
        socket.startHandshake();
        return new Raw(below, socket);
    }

    Peer peer() {
        return new Peer("MX", URI.create("https://127.0.0.1:" + listener.port()), Set.of(mexico.certificateDigest()));
    }

    static PeerCall get(String path) {
        return new PeerCall("GET", path, new PeerCall.Body.None(), 1 << 20, LONG);
    }

    static PeerCall post(String path, int bytes) {
        return new PeerCall("POST", path, new PeerCall.Body.Bytes("application/json", new byte[bytes]), 1 << 20, LONG);
    }

    @Override
    public void close() {
        listener.close();
    }
}
