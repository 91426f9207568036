package org.entente.node.link;

import java.time.Duration;

/**
 * What the link spends on its peers at most: the one place where it is said. Nothing is shared between partners but the
 * connections that have not proved yet whose they are; what one partner has used up, no other waits for.
 *
 * @param connectionsMax open connections of everybody, in the handshake or after it
 * @param address what one address in the network may do before it is known whose it is
 * @param times how long what may take
 * @param share what each partner has for itself
 */
public record PeerLimits(int connectionsMax, Address address, Times times, Share share) {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    public static final PeerLimits USUAL = new PeerLimits(
            1_024,
            new Address(128, new Rate(32, 256)),
            new Times(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15),
                    16 * 1024,
                    Duration.ofSeconds(1)),
            new Share(
                    16,
                    8,
                    new Rate(2_000, 10_000),
                    new Rate(256L << 20, 1L << 30),
                    new Rate(750L * PROCESSORS, 30_000L * PROCESSORS)));

    /**
     * So much a second in the long run, and so much at once after a rest.
     *
     * @param perSecond what comes back each second
     * @param burst what may be used up at once
     */
    public record Rate(long perSecond, long burst) {
        public Rate {
            if (perSecond < 1 || burst < 1) {
                throw new IllegalArgumentException("a rate is below one");
            }
        }
    }

    /**
     * What comes from one address (of IPv6: one network of 64 bits).
     *
     * @param connectionsMax open at once
     * @param fresh new connections; each costs a handshake
     */
    public record Address(int connectionsMax, Rate fresh) {}

    /**
     * How long what may take.
     *
     * @param silence without a byte, after which a connection is closed
     * @param firstRequest from a connection's opening to the end of the head of its first request, handshake included
     * @param idle from one exchange to the end of the head of the next request
     * @param grace how long a body or an answer may take beyond what its size accounts for
     * @param bytesPerSecondMin the rate that accounts for a body's or an answer's size
     * @param refusal how long a partner beyond its share waits for the refusal at most
     */
    public record Times(
            Duration silence,
            Duration firstRequest,
            Duration idle,
            Duration grace,
            long bytesPerSecondMin,
            Duration refusal) {
        public Times {
            if (silence.toMillis() < 1 || bytesPerSecondMin < 1) {
                throw new IllegalArgumentException("a limit is below one");
            }
        }

        /** How long so many bytes may take. */
        Duration allowed(long bytes) {
            return grace.plusMillis(bytes * 1000 / bytesPerSecondMin);
        }
    }

    /**
     * What one partner has for itself.
     *
     * @param connections open at once
     * @param exchanges requests that are worked on at once
     * @param requests a second
     * @param bytes a second, those that it sends and those that it is sent together; beyond it they pass more slowly
     * @param workMillis milliseconds of processor time a second, spent on its requests
     */
    public record Share(int connections, int exchanges, Rate requests, Rate bytes, Rate workMillis) {}

    public PeerLimits {
        if (connectionsMax < 1 || share.connections() < 1 || share.exchanges() < 1) {
            throw new IllegalArgumentException("a limit is below one");
        }
    }

    public PeerLimits with(Times others) {
        return new PeerLimits(connectionsMax, address, others, share);
    }

    public PeerLimits with(Share other) {
        return new PeerLimits(connectionsMax, address, times, other);
    }

    public PeerLimits with(Address other) {
        return new PeerLimits(connectionsMax, other, times, share);
    }
}
