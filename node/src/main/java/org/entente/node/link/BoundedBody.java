package org.entente.node.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A request's body that ends the exchange when it grows beyond its limit or arrives too slowly: at every moment the time
 * used must be within a grace plus what the bytes received so far account for.
 */
final class BoundedBody extends InputStream {
    /** The body broke a bound; carries the HTTP status that says which. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status) {
            super("body refused with " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private final InputStream source;
    private final long bytesMax;
    private final PeerLimits.Times times;
    private final PeerShare share;
    private final long startNanos = System.nanoTime();
    private Duration heldUp = Duration.ZERO;
    private long received;

    BoundedBody(InputStream source, long bytesMax, PeerLimits.Times times, PeerShare share) {
        this.source = source;
        this.bytesMax = bytesMax;
        this.times = times;
        this.share = share;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        try {
            count = source.read(into, offset, length);
        } catch (IOException lost) {
            boolean silent =
                    lost instanceof SocketTimeoutException || lost.getCause() instanceof SocketTimeoutException;
            throw new Refused(silent ? 408 : 400);
        }
        received += Math.max(count, 0);
        if (received > bytesMax) {
            throw new Refused(413);
        }
        Duration used = Duration.ofNanos(System.nanoTime() - startNanos).minus(heldUp);
        if (count >= 0 && used.compareTo(times.allowed(received)) > 0) {
            throw new Refused(408);
        }
        holdUp(count);
        return count;
    }

    /** What a partner sends beyond its share is read more slowly; the time for which this node made it wait is not its own. */
    private void holdUp(int count) throws Refused {
        try {
            heldUp = heldUp.plus(share.pass(Math.max(count, 0)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Refused(503);
        }
    }

    @Override
    public void close() {
        // the listener decides whether the connection goes on
    }
}
