package org.entente.node.server;

import java.net.InetSocketAddress;
import org.entente.evidence.canonical.Problem;
import org.entente.node.console.Screens;
import org.entente.node.link.LinkIdentity;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextException;

/**
 * The HTTPS server of a node's own people: the JSON interface, the console, health and metrics.
 *
 * <p>Everything in it is named in this package. Nothing is found by scanning, nothing is configured by files, properties or
 * environment variables of the framework, so that what a node offers can be read here and cannot be changed from outside.
 */
public final class PeopleServer implements AutoCloseable {
    private final AnnotationConfigServletWebServerApplicationContext context;
    private final int port;

    private PeopleServer(AnnotationConfigServletWebServerApplicationContext context, int port) {
        this.context = context;
        this.port = port;
    }

    /**
     * Opens the server; when this returns, people are served.
     *
     * @param web the certificate that the server shows and its key, which is held in memory alone
     * @param at address and port, port 0 for a free one
     * @throws ServerUnavailable {@code server.port-taken}, {@code server.not-opened}
     */
    public static PeopleServer start(Services services, LinkIdentity web, InetSocketAddress at)
            throws ServerUnavailable {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        AnnotationConfigServletWebServerApplicationContext context =
                new AnnotationConfigServletWebServerApplicationContext();
        String party = services.known().parties().own().party().text();
        context.registerBean(Services.class, () -> services);
        context.registerBean(Screens.class, Screens::new);
        context.registerBean(TomcatServletWebServerFactory.class, () -> Listener.factory(web, at, party));
        context.register(
                Dispatch.class,
                Doors.class,
                ProblemAnswers.class,
                NodeInterface.class,
                MemorandumInterface.class,
                HoldingInterface.class,
                ProceedingInterface.class,
                ProcedureInterface.class,
                EvidenceInterface.class,
                ExportInterface.class,
                CanaryInterface.class,
                ErasureInterface.class,
                FileInterface.class,
                Monitoring.class,
                Console.class);
        try {
            context.refresh();
            WebServer server = context.getWebServer();
            if (server == null) {
                throw new ApplicationContextException("no web server was made");
            }
            return new PeopleServer(context, server.getPort());
        } catch (RuntimeException failed) {
            context.close();
            throw new ServerUnavailable(problemOf(failed, at), failed);
        }
    }

    public int port() {
        return port;
    }

    /** Takes no more calls, lets those that run come to their end for some seconds, and gives the port back. */
    @Override
    public void close() {
        context.close();
    }

    private static Problem problemOf(Throwable failed, InetSocketAddress at) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return Problem.of("server.port-taken", at.getHostString(), Integer.toString(at.getPort()));
            }
        }
        return Problem.of("server.not-opened", at.getHostString(), String.valueOf(failed.getMessage()));
    }
}
