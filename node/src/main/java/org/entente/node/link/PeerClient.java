package org.entente.node.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.conscrypt.Conscrypt;
import org.entente.evidence.canonical.Problem;
import org.entente.exchange.delivery.Lane;

/**
 * Calls other parties' nodes over the link, as our own.
 *
 * <p>The other side is who its certificate's digest says; its name and address in the network mean nothing, and no
 * server name is sent. A call is made once: no retry, no redirect, no cookie, no proxy. Blocking reads and writes of the
 * socket know no total limit, so a timer ends a call at its deadline by closing its connection.
 *
 * <p>Apache HttpClient is used because it takes a socket that was made elsewhere: Conscrypt's, with its groups set. The
 * JDK's client insists on an engine of its own choosing.
 */
public final class PeerClient implements AutoCloseable {
    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(10);
    private static final int CONNECTIONS_PER_PEER = 8;
    private static final Duration REST_MAX = Lane.REST_ASKED_MAX;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;

    private static final RequestConfig USUAL = RequestConfig.custom()
            .setConnectionRequestTimeout(CONNECT_LIMIT)
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();

    /** A file is sent only when the peer has seen its size and wants it. */
    private static final RequestConfig ASKING_FIRST =
            RequestConfig.copy(USUAL).setExpectContinueEnabled(true).build();

    private final ShownIdentity identity;
    private final ConcurrentHashMap<String, Route> routes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> restsUntilNanos = new ConcurrentHashMap<>();
    private volatile String lastGroup = "";
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon(true).name("peer-deadlines").factory());

    /** The connections to one peer, which hold for exactly the pins they were made with. */
    private record Route(Peer peer, CloseableHttpClient client) {}

    public PeerClient(LinkIdentity identity) {
        this.identity = new ShownIdentity(identity);
    }

    /**
     * Makes one call and waits for its end; safe to use from many threads. A peer that asked for a rest is not called before
     * it is over, whatever is to be said.
     *
     * @throws IllegalArgumentException when the file to send cannot be read
     */
    public PeerAnswer call(Peer peer, PeerCall call) {
        Optional<Duration> rest = rest(peer);
        if (rest.isPresent()) {
            return new PeerAnswer.Later(rest.get());
        }
        HttpUriRequestBase request =
                new HttpUriRequestBase(call.method(), peer.address().resolve(call.path()));
        entityOf(call.body()).ifPresent(request::setEntity);
        request.setConfig(call.body() instanceof PeerCall.Body.Streamed ? ASKING_FIRST : USUAL);
        Future<?> deadline = deadlines.schedule(request::cancel, call.deadline().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return clientFor(peer).execute(request, response -> read(response, peer, call.responseBytesMax()));
        } catch (IOException failed) {
            // Cancelled before the connection is closed; the timer's task ends only after it.
            return request.isCancelled()
                    ? new PeerAnswer.Unreachable(Problem.of(
                            "link.deadline",
                            peer.party(),
                            Long.toString(call.deadline().toSeconds())))
                    : failure(peer, failed);
        } finally {
            deadline.cancel(false);
        }
    }

    /** Shows another identity from the next connection on; calls that are under way go on. */
    public void show(LinkIdentity next) {
        identity.show(next);
    }

    /** The key-exchange group of the last connection made, empty before the first. */
    public String lastGroup() {
        return lastGroup;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        routes.values().forEach(route -> closeQuietly(route.client()));
        routes.clear();
    }

    private CloseableHttpClient clientFor(Peer peer) {
        return routes.compute(peer.party(), (party, known) -> {
                    if (known != null && known.peer().equals(peer)) {
                        return known;
                    }
                    if (known != null) {
                        closeQuietly(known.client());
                    }
                    return new Route(peer, client(peer));
                })
                .client();
    }

    private CloseableHttpClient client(Peer peer) {
        SSLContext context = LinkTls.context(identity, peer.pins()::contains);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy((socket, host, port, attachment, call) -> secured(context, socket, port))
                .setMaxConnPerRoute(CONNECTIONS_PER_PEER)
                .setMaxConnTotal(CONNECTIONS_PER_PEER)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.ofSeconds(60))
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_LIMIT)
                        .setSocketTimeout(Timeout.ofSeconds(60))
                        .setIdleTimeout(Timeout.ofSeconds(8))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableConnectionState()
                .disableDefaultUserAgent()
                .build();
    }

    private SSLSocket secured(SSLContext context, Socket plain, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "", port, true);
        try {
            socket.setUseClientMode(true);
            socket.setEnabledProtocols(new String[] {LinkTls.PROTOCOL});
            Conscrypt.setNamedGroups(socket, new String[] {LinkTls.GROUP});
            Conscrypt.setUseSessionTickets(socket, false);
            socket.setSoTimeout(CONNECT_LIMIT.toMillisecondsIntBound());
            socket.startHandshake();
            String group = String.valueOf(Conscrypt.getGroupName(socket));
            if (!group.equals(LinkTls.GROUP)) {
                throw new SSLException("key exchange without " + LinkTls.GROUP);
            }
            lastGroup = group;
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private static Optional<HttpEntity> entityOf(PeerCall.Body body) {
        return switch (body) {
            case PeerCall.Body.None none -> Optional.empty();
            case PeerCall.Body.Bytes few ->
                Optional.of(new ByteArrayEntity(few.bytes(), ContentType.parse(few.contentType())));
            case PeerCall.Body.Streamed streamed -> Optional.of(new StreamedEntity(streamed));
        };
    }

    /** Asks its source for the bytes when they are sent. */
    private static final class StreamedEntity extends AbstractHttpEntity {
        private final PeerCall.Body.Streamed body;

        private StreamedEntity(PeerCall.Body.Streamed body) {
            super(ContentType.parse(body.contentType()), null);
            this.body = body;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            body.source().writeTo(out);
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("it is written out and not read");
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public long getContentLength() {
            return body.bytes();
        }

        @Override
        public void close() {}
    }

    /** How long a peer is still left alone because it asked for it. */
    public Optional<Duration> rest(Peer peer) {
        Long until = restsUntilNanos.get(peer.party());
        long left = until == null ? 0 : until - System.nanoTime();
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    /** For how long the peer asks not to be asked the same (RFC 9110, 10.2.3), zero when it says nothing; a date is not read. */
    private static Duration retryAfter(ClassicHttpResponse response) {
        Header after = response.getFirstHeader("Retry-After");
        if (after == null || !String.valueOf(after.getValue()).matches("[0-9]{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Math.max(1, Long.parseLong(after.getValue())));
        return asked.compareTo(REST_MAX) > 0 ? REST_MAX : asked;
    }

    private PeerAnswer read(ClassicHttpResponse response, Peer peer, int bytesMax) throws IOException {
        Duration retryAfter = retryAfter(response);
        boolean busy = response.getCode() == TOO_MANY_REQUESTS || response.getCode() == SERVICE_UNAVAILABLE;
        if (busy && retryAfter.isPositive()) {
            restsUntilNanos.put(peer.party(), System.nanoTime() + retryAfter.toNanos());
            response.close();
            return new PeerAnswer.Later(retryAfter);
        }
        HttpEntity entity = response.getEntity();
        byte[] bytes = new byte[0];
        if (entity != null) {
            if (entity.getContentLength() > bytesMax) {
                return tooLong(response, peer, bytesMax);
            }
            InputStream content = entity.getContent();
            bytes = content.readNBytes(bytesMax);
            if (bytes.length == bytesMax && content.read() >= 0) {
                return tooLong(response, peer, bytesMax);
            }
        }
        Header type = response.getFirstHeader("Content-Type");
        return new PeerAnswer.Answered(
                response.getCode(), type == null ? "" : String.valueOf(type.getValue()), bytes, retryAfter);
    }

    /** The rest of a long answer is not read: the connection goes with it. */
    private static PeerAnswer tooLong(ClassicHttpResponse response, Peer peer, int bytesMax) throws IOException {
        response.close();
        return new PeerAnswer.Unreachable(Problem.of("link.answer-too-long", peer.party(), Integer.toString(bytesMax)));
    }

    private static PeerAnswer failure(Peer peer, IOException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkTls.WrongCertificate) {
                return new PeerAnswer.NotTheParty(Problem.of(
                        "link.not-the-party", peer.party(), peer.address().toString()));
            }
        }
        String code = failed instanceof SSLException ? "link.refused" : "link.unreachable";
        return new PeerAnswer.Unreachable(
                Problem.of(code, peer.party(), peer.address().toString()));
    }

    private static void closeQuietly(CloseableHttpClient client) {
        try {
            client.close();
        } catch (IOException alreadyGone) {
            // the connections are gone either way
        }
    }
}
