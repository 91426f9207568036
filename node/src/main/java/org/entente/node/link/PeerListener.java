package org.entente.node.link;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.entente.evidence.canonical.Problem;

/**
 * Where other parties' nodes come in: a server of its own, with its own port and nothing on it but the given routes.
 *
 * <p>It is a second Tomcat and not a second connector of the node's one, because connectors of one Tomcat share their
 * servlets: here no mistake in a mapping can show the console to a peer. Whoever cannot prove a pinned certificate fails
 * in the handshake and never reaches an HTTP parser; plain HTTP gets no answer. HTTP/1.1 only.
 */
public final class PeerListener implements AutoCloseable {
    private static final int HEADER_BYTES_MAX = 8 * 1024;
    private static final int HEADERS_MAX = 32;
    private static final int TRAILER_BYTES_MAX = 64;
    private static final int BACKLOG = 64;
    private static final long SWEEP_MILLIS = 250;

    private final Tomcat tomcat;
    private final Path folder;
    private final ListenerContext context;
    private final Guard guard;

    private PeerListener(Tomcat tomcat, Path folder, ListenerContext context, Guard guard) {
        this.tomcat = tomcat;
        this.folder = folder;
        this.context = context;
        this.guard = guard;
    }

    /** What watches over connections and works for those who hold them; closed with the listener. */
    private record Guard(GuardedEndpoint connections, PeerServlet servlet, ScheduledExecutorService sweeping)
            implements AutoCloseable {
        private static Guard of(PeerPins pins, List<PeerRoute> routes, PeerLimits limits) {
            GuardedEndpoint connections = new GuardedEndpoint(limits);
            ScheduledExecutorService sweeping = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("peer-sweep").factory());
            var _ = sweeping.scheduleWithFixedDelay(
                    connections::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
            return new Guard(connections, new PeerServlet(pins, routes, limits, connections), sweeping);
        }

        @Override
        public void close() {
            sweeping.shutdownNow();
            servlet.endWork();
        }
    }

    /**
     * Opens the listener; when this returns, peers are served.
     *
     * @param at address and port, port 0 for a free one
     * @throws LinkUnavailable {@code link.port-taken}, {@code link.not-opened}
     */
    public static PeerListener open(
            InetSocketAddress at, LinkIdentity identity, PeerPins pins, List<PeerRoute> routes, PeerLimits limits)
            throws LinkUnavailable {
        ListenerContext context = new ListenerContext(identity, pins);
        Guard guard = Guard.of(pins, routes, limits);
        Tomcat tomcat = new Tomcat();
        Path folder = null;
        try {
            folder = Files.createTempDirectory("entente-link-");
            tomcat.setBaseDir(folder.toString());
            tomcat.setSilent(true);
            tomcat.setConnector(connector(at, context, limits, guard.connections()));
            if (tomcat.getHost() instanceof StandardHost host) {
                host.setErrorReportValveClass("");
            }
            Context root = tomcat.addContext("", folder.toString());
            Tomcat.addServlet(root, "peer", guard.servlet());
            if (root instanceof StandardContext standard) {
                standard.setClearReferencesRmiTargets(false);
                standard.setClearReferencesThreadLocals(false);
            }
            root.addServletMappingDecoded("/", "peer");
            tomcat.start();
            return new PeerListener(tomcat, folder, context, guard);
        } catch (IOException | LifecycleException failed) {
            stop(tomcat);
            guard.close();
            if (folder != null) {
                delete(folder);
            }
            throw new LinkUnavailable(problemOf(failed, at), failed);
        }
    }

    /** The port that peers connect to. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Shows another identity from the next connection on; those that are open go on. */
    public void show(LinkIdentity next) {
        context.show(next);
    }

    /** How many connections are open now, for the node's health page. */
    public int connections() {
        return guard.connections().size();
    }

    /** The key-exchange group of the last finished handshake, for the node's health page; empty before the first. */
    public String lastGroup() {
        return context.lastGroup();
    }

    /** Takes no more connections, ends the open ones and gives the port back. */
    @Override
    public void close() {
        stop(tomcat);
        guard.close();
        delete(folder);
    }

    private static Connector connector(
            InetSocketAddress at, ListenerContext context, PeerLimits limits, GuardedEndpoint connections) {
        Http11NioProtocol protocol = new Http11NioProtocol(connections);
        InetAddress address = at.getAddress();
        if (address != null) {
            protocol.setAddress(address);
        }
        int timeoutMillis = Math.toIntExact(limits.times().silence().toMillis());
        protocol.setExecutor(new VirtualThreadExecutor("peer-"));
        protocol.setMaxConnections(limits.connectionsMax());
        protocol.setAcceptCount(BACKLOG);
        protocol.setConnectionTimeout(timeoutMillis);
        protocol.setKeepAliveTimeout(Math.toIntExact(limits.times().idle().toMillis()));
        protocol.setMaxHttpHeaderSize(HEADER_BYTES_MAX);
        protocol.setMaxHeaderCount(HEADERS_MAX);
        protocol.setMaxTrailerSize(TRAILER_BYTES_MAX);
        protocol.setMaxExtensionSize(TRAILER_BYTES_MAX);
        protocol.setMaxSwallowSize(0);
        protocol.setCompression("off");
        protocol.setContinueResponseTiming("onRead");
        protocol.setSSLEnabled(true);
        protocol.setSecure(true);
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols(LinkTls.PROTOCOL);
        host.setCipherSuites(LinkTls.CIPHER_SUITES);
        host.setCiphers(LinkTls.CIPHERS_OF_TLS_1_2);
        host.setCertificateVerification("required");
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        certificate.setSslContext(context);
        host.addCertificate(certificate);
        protocol.addSslHostConfig(host);
        Connector connector = new Connector(protocol);
        connector.setPort(at.getPort());
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setXpoweredBy(false);
        connector.setEnableLookups(false);
        connector.setMaxPostSize(0);
        connector.setMaxParameterCount(0);
        connector.setThrowOnFailure(true);
        return connector;
    }

    private static Problem problemOf(Exception failed, InetSocketAddress at) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return Problem.of("link.port-taken", at.getHostString(), Integer.toString(at.getPort()));
            }
        }
        return Problem.of("link.not-opened", at.getHostString(), String.valueOf(failed.getMessage()));
    }

    private static void stop(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failed) {
            System.getLogger(PeerListener.class.getName())
                    .log(System.Logger.Level.WARNING, "the link's listener did not stop cleanly", failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException leftBehind) {
            System.getLogger(PeerListener.class.getName())
                    .log(System.Logger.Level.WARNING, "the link's empty work folder stays at " + folder, leftBehind);
        }
    }
}
