package org.entente.node.link;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Leads an authenticated request to its route, within what its party has for itself. */
final class PeerServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(PeerServlet.class.getName());
    private static final int PATH_CHARS_MAX = 512;
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final Duration REST_MIN = Duration.ofSeconds(1);
    private static final Duration REST_MAX = Duration.ofHours(1);
    private static final Pattern VERSIONED = Pattern.compile("/(v[0-9]{1,6})(/.*)?");

    private final transient PeerPins pins;
    private final transient List<PeerRoute> routes;
    private final transient PeerLimits limits;
    private final transient GuardedEndpoint connections;
    private final transient Workplace workplace = new Workplace();
    private final transient Map<String, PeerShare> shares = new ConcurrentHashMap<>();

    PeerServlet(PeerPins pins, List<PeerRoute> routes, PeerLimits limits, GuardedEndpoint connections) {
        this.pins = pins;
        this.routes = List.copyOf(routes);
        this.limits = limits;
        this.connections = connections;
    }

    /** Takes no more work. */
    void endWork() {
        workplace.close();
    }

    /** One request, with the connection on which it came and the share of whose it is. */
    private record Call(
            String party,
            PeerShare share,
            GuardedEndpoint.Connection connection,
            HttpServletRequest request,
            HttpServletResponse response) {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> party = party(request);
        if (party.isEmpty()) {
            close(response, 403);
            return;
        }
        PeerShare share = shares.computeIfAbsent(party.get(), any -> new PeerShare(limits.share(), System::nanoTime));
        Optional<GuardedEndpoint.Connection> connection =
                connections.claim(request.getRemoteAddr(), request.getRemotePort(), party.get(), share.connections());
        share.request();
        try {
            if (connection.isEmpty()) {
                throttle(response, "link.too-many-connections", REST_MIN);
                return;
            }
            connection.get().worksOn();
            Duration rest = share.rest();
            if (rest.compareTo(limits.times().refusal()) > 0) {
                throttle(response, "link.too-much", rest);
                return;
            }
            TimeUnit.NANOSECONDS.sleep(rest.toNanos());
            route(new Call(party.get(), share, connection.get(), request, response));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            close(response, 503);
        } finally {
            connection.ifPresent(held -> held.endsWithin(limits.times().idle()));
        }
    }

    private void route(Call call) throws IOException, InterruptedException {
        HttpServletResponse response = call.response();
        HttpServletRequest request = call.request();
        String path = request.getRequestURI();
        Optional<PeerRoute> route = wellFormed(request, path)
                ? routes.stream()
                        .filter(candidate -> candidate.takes(request.getMethod(), path))
                        .findFirst()
                : Optional.empty();
        if (isOfAnotherVersion(path)) {
            answerClosing(response, 404, versionUnknown());
        } else if (route.isEmpty()) {
            close(response, 404);
        } else if (request.getContentLengthLong() > route.get().bodyBytesMax()) {
            close(response, 413);
        } else if (!route.get().takesType(contentType(request))) {
            close(response, 415);
        } else if (!call.share().enter(limits.times().refusal())) {
            throttle(response, "link.too-many-exchanges", REST_MIN);
        } else {
            try {
                exchange(call, route.get());
            } finally {
                call.share().leave();
            }
        }
    }

    private void exchange(Call call, PeerRoute route) throws IOException, InterruptedException {
        HttpServletRequest request = call.request();
        HttpServletResponse response = call.response();
        BoundedBody body =
                new BoundedBody(request.getInputStream(), route.bodyBytesMax(), limits.times(), call.share());
        PeerRequest asked =
                new PeerRequest(call.party(), request.getMethod(), request.getRequestURI(), contentType(request), body);
        PeerReply reply;
        try {
            reply = workplace.answer(route.handler(), asked, call.share());
        } catch (BoundedBody.Refused refused) {
            close(response, refused.status());
            return;
        } catch (IOException | RuntimeException failed) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "exchange with " + call.party() + " at " + route.path() + " failed",
                    failed);
            close(response, 500);
            return;
        }
        try (InputStream content = reply.body()) {
            response.setStatus(reply.status());
            response.setContentLengthLong(reply.length());
            if (!reply.contentType().isEmpty()) {
                response.setContentType(reply.contentType());
            }
            if (reply.retryAfter().isPositive()) {
                response.setHeader("Retry-After", Long.toString(wholeSeconds(reply.retryAfter())));
            }
            copy(content, reply.length(), response.getOutputStream(), call);
        }
    }

    /** A reader that takes an answer more slowly than a body may come loses its connection. */
    private void copy(InputStream from, long length, OutputStream to, Call call)
            throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK_BYTES];
        long startNanos = System.nanoTime();
        Duration heldUp = Duration.ZERO;
        for (long left = length; left > 0; ) {
            int count = from.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (count < 0) {
                throw new IOException("a reply ended before its declared length");
            }
            heldUp = heldUp.plus(call.share().pass(count));
            Duration used = Duration.ofNanos(System.nanoTime() - startNanos).minus(heldUp);
            call.connection()
                    .endsWithin(limits.times().allowed(length - left + count).minus(used));
            to.write(chunk, 0, count);
            left -= count;
        }
    }

    private Optional<String> party(HttpServletRequest request) {
        return request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain
                        && chain.length == 1
                ? pins.partyOf(CertificateDigest.of(chain[0]))
                : Optional.empty();
    }

    private static String contentType(HttpServletRequest request) {
        return Optional.ofNullable(request.getContentType()).orElse("");
    }

    private static boolean wellFormed(HttpServletRequest request, String path) {
        return path.length() <= PATH_CHARS_MAX
                && request.getQueryString() == null
                && path.matches("(/[A-Za-z0-9._~-]+)+")
                && !path.matches(".*/\\.{1,2}(/.*)?");
    }

    private boolean isOfAnotherVersion(String path) {
        Matcher versioned = VERSIONED.matcher(path);
        return versioned.matches() && !versions().contains(versioned.group(1));
    }

    private List<String> versions() {
        return routes.stream()
                .map(route -> VERSIONED.matcher(route.path()))
                .filter(Matcher::matches)
                .map(versioned -> versioned.group(1))
                .distinct()
                .toList();
    }

    /** What this node understands, for one that speaks another version. */
    private String versionUnknown() {
        return "{\"code\":\"link.version-unknown\",\"versions\":["
                + versions().stream().map(version -> '"' + version + '"').collect(Collectors.joining(",")) + "]}";
    }

    /** The refusal comes late: whoever asks without rest is slowed down, and nobody else. */
    private void throttle(HttpServletResponse response, String code, Duration rest)
            throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(limits.times().refusal().toNanos());
        Duration asked = rest.compareTo(REST_MAX) > 0 ? REST_MAX : rest;
        if (!response.isCommitted()) {
            response.setHeader("Retry-After", Long.toString(wholeSeconds(asked)));
            answerClosing(response, 429, "{\"code\":\"" + code + "\"}");
        }
    }

    private static long wholeSeconds(Duration rest) {
        return Math.max(1, rest.plusMillis(999).toSeconds());
    }

    private static void answerClosing(HttpServletResponse response, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.setHeader("Connection", "close");
        response.getOutputStream().write(bytes);
    }

    /** Most refusals have no words, and end the connection so that an unread body is not read for nothing. */
    private static void close(HttpServletResponse response, int status) {
        if (!response.isCommitted()) {
            response.reset();
            response.setStatus(status);
            response.setContentLength(0);
            response.setHeader("Connection", "close");
        }
    }
}
