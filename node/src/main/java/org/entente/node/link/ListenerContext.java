package org.entente.node.link;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.conscrypt.Conscrypt;
import org.conscrypt.HandshakeListener;
import org.jspecify.annotations.Nullable;

/** Our TLS context in the form that Tomcat takes; every engine refuses a handshake without the hybrid group. */
final class ListenerContext implements org.apache.tomcat.util.net.SSLContext {
    private final ShownIdentity identity;
    private final SSLContext context;
    private volatile String lastGroup = "";

    ListenerContext(LinkIdentity first, PeerPins pins) {
        this.identity = new ShownIdentity(first);
        this.context = LinkTls.context(identity, certificate -> isPinned(pins, certificate));
    }

    /**
     * Asks on a thread of the platform. A handshake runs in native code, which a virtual thread cannot leave: were it to wait
     * there for the database it would keep its carrier, and what tells it that the answer has come is a virtual thread too,
     * which then finds no carrier. As many handshakes at once as there are processors would wait for ever, and with them
     * everybody whom the node serves.
     */
    private static boolean isPinned(PeerPins pins, CertificateDigest certificate) {
        FutureTask<Boolean> asked =
                new FutureTask<>(() -> pins.partyOf(certificate).isPresent());
        Thread.ofPlatform().name("peer-pin").daemon().start(asked);
        try {
            return asked.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the pins could not be asked", failed.getCause());
        }
    }

    /** Shows another identity from the next handshake on. */
    void show(LinkIdentity next) {
        identity.show(next);
    }

    /** The group of the last finished handshake, empty before the first. */
    String lastGroup() {
        return lastGroup;
    }

    @Override
    public SSLEngine createSSLEngine() {
        SSLEngine engine = context.createSSLEngine();
        Conscrypt.setUseSessionTickets(engine, false);
        Conscrypt.setHandshakeListener(engine, new HandshakeListener() {
            @Override
            public void onHandshakeFinished() throws SSLException {
                String group = Conscrypt.getGroupName(engine);
                lastGroup = String.valueOf(group);
                if (!LinkTls.GROUP.equals(group)) {
                    throw new SSLException("key exchange without " + LinkTls.GROUP);
                }
            }
        });
        return engine;
    }

    @Override
    public void init(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {
        // was initialised with the identity
    }

    @Override
    public void destroy() {
        // holds nothing that must be given back
    }

    @Override
    public SSLSessionContext getServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {identity.certificate(identity.name())};
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
