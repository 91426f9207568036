package org.entente.node.link;

import java.time.Duration;

/**
 * What the listener spends on its peers at most.
 *
 * @param connectionsMax open connections, in the handshake or after it
 * @param exchangesMax requests that are worked on at once; more wait two seconds, then get 503
 * @param readTimeout silence on a connection after which it is closed
 * @param bodyGrace how long a body may take beyond what its size accounts for
 * @param bodyBytesPerSecondMin the rate that accounts for a body's size
 */
public record PeerLimits(
        int connectionsMax, int exchangesMax, Duration readTimeout, Duration bodyGrace, long bodyBytesPerSecondMin) {
    public static final PeerLimits USUAL =
            new PeerLimits(256, 32, Duration.ofSeconds(10), Duration.ofSeconds(15), 16 * 1024);

    public PeerLimits {
        if (connectionsMax < 1 || exchangesMax < 1 || bodyBytesPerSecondMin < 1 || readTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("a limit is below one");
        }
    }
}
