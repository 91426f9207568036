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
    private final PeerLimits limits;
    private final long startNanos = System.nanoTime();
    private long received;

    BoundedBody(InputStream source, long bytesMax, PeerLimits limits) {
        this.source = source;
        this.bytesMax = bytesMax;
        this.limits = limits;
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
        Duration earned = Duration.ofMillis(received * 1000 / limits.bodyBytesPerSecondMin());
        if (count >= 0
                && System.nanoTime() - startNanos
                        > limits.bodyGrace().plus(earned).toNanos()) {
            throw new Refused(408);
        }
        return count;
    }

    @Override
    public void close() {
        // the listener decides whether the connection goes on
    }
}
