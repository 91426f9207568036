package org.entente.node.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.entente.node.link.LinkIdentity;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.servlet.Session;

/** The listening end: HTTPS with TLS 1.3 alone, bounded in every dimension, a virtual thread for each call. */
final class Listener {
    /** Where a call is sent that failed before or outside a controller. */
    static final String ERROR_PATH = "/error";

    private static final Duration SESSION_IDLE = Duration.ofMinutes(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int HEADERS_MAX = 64;
    private static final int CONNECTIONS_MAX = 1_024;
    private static final int FORM_BYTES_MAX = 1 << 14;
    private static final int PARAMETERS_MAX = 32;
    private static final int SWALLOWED_BYTES_MAX = 2 << 20;
    private static final int BACKLOG = 64;
    private static final String KEY = "people";
    private static final String TLS = "TLSv1.3";

    private Listener() {}

    static TomcatServletWebServerFactory factory(LinkIdentity web, InetSocketAddress at, String party) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(at.getPort());
        factory.setAddress(at.getAddress());
        factory.setDisableMBeanRegistry(true);
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.addErrorPages(new ErrorPage(ERROR_PATH));
        Ssl ssl = Ssl.forBundle(KEY);
        ssl.setEnabledProtocols(new String[] {TLS});
        factory.setSsl(ssl);
        factory.setSslBundles(new DefaultSslBundleRegistry(KEY, bundle(web)));
        factory.addConnectorCustomizers(Listener::bound);
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass("");
            }
        });
        session(factory.getSettings().getSession(), party);
        return factory;
    }

    /** The cookie carries the party's code, because browsers share cookies between ports of one host. */
    private static void session(Session session, String party) {
        session.setTimeout(SESSION_IDLE);
        session.setPersistent(false);
        session.getCookie().setName("__Host-entente-" + party);
        session.getCookie().setPath("/");
        session.getCookie().setSecure(true);
        session.getCookie().setHttpOnly(true);
        session.getCookie().setSameSite(Cookie.SameSite.STRICT);
    }

    private static void bound(Connector connector) {
        connector.setXpoweredBy(false);
        connector.setEnableLookups(false);
        connector.setMaxPostSize(FORM_BYTES_MAX);
        connector.setMaxParameterCount(PARAMETERS_MAX);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            int patienceMillis = Math.toIntExact(PATIENCE.toMillis());
            protocol.setExecutor(new VirtualThreadExecutor("people-"));
            protocol.setMaxConnections(CONNECTIONS_MAX);
            protocol.setAcceptCount(BACKLOG);
            protocol.setConnectionTimeout(patienceMillis);
            protocol.setKeepAliveTimeout(patienceMillis);
            protocol.setMaxHttpHeaderSize(HEADER_BYTES_MAX);
            protocol.setMaxHeaderCount(HEADERS_MAX);
            protocol.setMaxTrailerSize(0);
            protocol.setMaxExtensionSize(0);
            protocol.setMaxSwallowSize(SWALLOWED_BYTES_MAX);
        }
    }

    /** Certificate and key in a key store that exists in memory and needs no passphrase for it. */
    private static SslBundle bundle(LinkIdentity web) {
        try {
            Certificate certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(web.certificateDer()));
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(web.privateKeyDer()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(KEY, key, new char[0], new Certificate[] {certificate});
            return SslBundle.of(
                    SslStoreBundle.of(store, "", null), SslBundleKey.of("", KEY), SslOptions.of(null, new String[] {TLS
                    }));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("an identity that was read once is an identity", impossible);
        }
    }
}
