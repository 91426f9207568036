package org.entente.node.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections, and ends those that use up time which nobody measures elsewhere. The server's own timeouts begin anew
 * with each byte, so a head or a handshake of one byte a second would last for hours; here a connection has one moment by
 * which the next thing must have happened. Who it is from is known only by its address until it has proved more.
 */
final class GuardedEndpoint extends NioEndpoint {
    private static final int ADDRESSES_MAX = 4_096;
    private static final int IPV6_NETWORK_BYTES = 8;

    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final PeerLimits limits;
    private final Map<String, Connection> open = new LinkedHashMap<>();
    private final Map<String, TokenBucket> fresh = new LinkedHashMap<>(16, 0.75f, true);

    GuardedEndpoint(PeerLimits limits) {
        this.limits = limits;
    }

    /** One connection, from its opening to its end. */
    static final class Connection {
        private final SocketChannel channel;
        private final String network;
        private volatile long endsNanos;
        private @Nullable String party;

        private Connection(SocketChannel channel, String network, Duration first) {
            this.channel = channel;
            this.network = network;
            endsWithin(first);
        }

        /** A request is worked on: how long that takes is this node's own affair, and the body has a measure of its own. */
        void worksOn() {
            endsWithin(FOREVER);
        }

        /** Unless something else is said before, it is ended then. */
        void endsWithin(Duration time) {
            endsNanos = System.nanoTime() + time.toNanos();
        }
    }

    /** A connection that is refused is closed before anything was spent on it but its acceptance. */
    @Override
    protected boolean setSocketOptions(SocketChannel channel) {
        return admit(channel) && super.setSocketOptions(channel);
    }

    private synchronized boolean admit(SocketChannel channel) {
        long now = System.nanoTime();
        try {
            if (!(channel.getRemoteAddress() instanceof InetSocketAddress from)) {
                return false;
            }
            String network = network(from.getAddress());
            TokenBucket bucket = fresh.computeIfAbsent(
                    network, any -> new TokenBucket(limits.address().fresh(), now));
            boolean rests = !bucket.rest(now).isZero();
            bucket.spend(rests ? 0 : 1, now);
            forget(now);
            long there = open.values().stream()
                    .filter(one -> one.network.equals(network))
                    .count();
            if (rests || there >= limits.address().connectionsMax()) {
                return false;
            }
            open.put(
                    key(from.getAddress().getHostAddress(), from.getPort()),
                    new Connection(channel, network, limits.times().firstRequest()));
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Closed connections, and addresses about which nothing is to be known, the eldest first. */
    private void forget(long now) {
        open.values().removeIf(one -> !one.channel.isOpen());
        Iterator<TokenBucket> eldest = fresh.values().iterator();
        while (eldest.hasNext()
                && (fresh.size() > ADDRESSES_MAX || eldest.next().isFull(now))) {
            if (fresh.size() > ADDRESSES_MAX) {
                eldest.next();
            }
            eldest.remove();
        }
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, IPV6_NETWORK_BYTES)));
    }

    private static String key(String host, int port) {
        return host + " " + port;
    }

    /**
     * A request of a party came over a connection.
     *
     * @return the connection; empty when the party has as many others as it may have
     */
    synchronized Optional<Connection> claim(String host, int port, String party, int most) {
        Connection connection = open.get(key(host, port));
        if (connection == null) {
            return Optional.empty();
        }
        if (!party.equals(connection.party)) {
            long held = open.values().stream()
                    .filter(one -> party.equals(one.party) && one.channel.isOpen())
                    .count();
            if (held >= most) {
                return Optional.empty();
            }
            connection.party = party;
        }
        return Optional.of(connection);
    }

    /** Ends what is over its time. The server then sees the end of the connection and gives back what it held. */
    synchronized void sweep() {
        long now = System.nanoTime();
        for (Connection connection : open.values()) {
            if (connection.endsNanos - now < 0 && connection.channel.isOpen()) {
                try {
                    connection.channel.shutdownInput();
                    connection.channel.shutdownOutput();
                } catch (IOException gone) {
                    // It has ended by itself.
                }
            }
        }
        forget(now);
    }

    /** How many connections are open. */
    synchronized int size() {
        forget(System.nanoTime());
        return open.size();
    }
}
