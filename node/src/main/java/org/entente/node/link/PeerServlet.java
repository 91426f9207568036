package org.entente.node.link;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Leads an authenticated request to its route, within the limits. */
final class PeerServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(PeerServlet.class.getName());
    private static final int PATH_CHARS_MAX = 512;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final long QUEUE_SECONDS_MAX = 2;

    private final transient PeerPins pins;
    private final transient List<PeerRoute> routes;
    private final transient PeerLimits limits;
    private final transient Semaphore exchanges;

    PeerServlet(PeerPins pins, List<PeerRoute> routes, PeerLimits limits) {
        this.pins = pins;
        this.routes = List.copyOf(routes);
        this.limits = limits;
        this.exchanges = new Semaphore(limits.exchangesMax(), true);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> party = party(request);
        if (party.isEmpty()) {
            close(response, 403);
            return;
        }
        String path = request.getRequestURI();
        Optional<PeerRoute> route = wellFormed(request, path)
                ? routes.stream()
                        .filter(candidate -> candidate.takes(request.getMethod(), path))
                        .findFirst()
                : Optional.empty();
        if (route.isEmpty()) {
            close(response, 404);
        } else if (request.getContentLengthLong() > route.get().bodyBytesMax()) {
            close(response, 413);
        } else if (!admitted()) {
            close(response, 503);
        } else {
            try {
                exchange(party.get(), route.get(), request, response);
            } finally {
                exchanges.release();
            }
        }
    }

    private void exchange(String party, PeerRoute route, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        BoundedBody body = new BoundedBody(request.getInputStream(), route.bodyBytesMax(), limits);
        String contentType = Optional.ofNullable(request.getContentType()).orElse("");
        PeerReply reply;
        try {
            reply = route.handler()
                    .handle(new PeerRequest(party, request.getMethod(), request.getRequestURI(), contentType, body));
        } catch (BoundedBody.Refused refused) {
            close(response, refused.status());
            return;
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.ERROR, "exchange with " + party + " at " + route.path() + " failed", failed);
            close(response, 500);
            return;
        }
        try (InputStream content = reply.body()) {
            response.setStatus(reply.status());
            response.setContentLengthLong(reply.length());
            if (!reply.contentType().isEmpty()) {
                response.setContentType(reply.contentType());
            }
            copy(content, reply.length(), response.getOutputStream());
        }
    }

    private static void copy(InputStream from, long length, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long left = length; left > 0; ) {
            int count = from.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (count < 0) {
                throw new IOException("a reply ended before its declared length");
            }
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

    private static boolean wellFormed(HttpServletRequest request, String path) {
        return path.length() <= PATH_CHARS_MAX
                && request.getQueryString() == null
                && path.matches("(/[A-Za-z0-9._~-]+)+")
                && !path.matches(".*/\\.{1,2}(/.*)?");
    }

    private boolean admitted() {
        try {
            return exchanges.tryAcquire(QUEUE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A refusal has no words, and ends the connection so that an unread body is not read for nothing. */
    private static void close(HttpServletResponse response, int status) {
        if (!response.isCommitted()) {
            response.reset();
            response.setStatus(status);
            response.setContentLength(0);
            response.setHeader("Connection", "close");
        }
    }
}
