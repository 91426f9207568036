package org.entente.node.link;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/**
 * How the link uses TLS: version 1.3 only, key exchange {@value #GROUP} only, one certificate on each side, known by its
 * digest.
 *
 * <p>The hybrid group keeps recorded traffic closed to a later quantum computer. JDK 25's own TLS does not have it (it
 * silently drops the name), so the link runs on Conscrypt (BoringSSL); BouncyCastle's TLS negotiated it too and is
 * slower. Nothing falls back: a side without the group gets no connection. Sessions are not resumed, so each connection
 * proves both keys anew and a removed pin holds from the next connection on; the listener also asks again for each
 * request on an open one.
 */
final class LinkTls {
    static final String PROTOCOL = "TLSv1.3";
    static final String GROUP = "X25519MLKEM768";

    static final String CIPHER_SUITES = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";

    /** Never used, since the protocol is not enabled; Tomcat wants a list and its usual one holds names BoringSSL lacks. */
    static final String CIPHERS_OF_TLS_1_2 = "ECDHE-ECDSA-AES256-GCM-SHA384";

    private static final Provider PROVIDER = Conscrypt.newProvider();

    /** The other side's certificate is not one of those that were pinned for it. */
    static final class WrongCertificate extends CertificateException {
        private static final long serialVersionUID = 1L;

        WrongCertificate() {
            super("certificate is not pinned");
        }
    }

    private LinkTls() {}

    /** A context that shows one identity and accepts a certificate exactly if {@code pinned} does. */
    static SSLContext context(LinkIdentity identity, Predicate<CertificateDigest> pinned) {
        return context(new ShownIdentity(identity), pinned);
    }

    /** A context that shows what is to be shown at each handshake. */
    static SSLContext context(ShownIdentity identity, Predicate<CertificateDigest> pinned) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL, PROVIDER);
            context.init(
                    new KeyManager[] {new OneKey(identity)},
                    new TrustManager[] {new Pinned(pinned)},
                    new SecureRandom());
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The certificate that the other side proved to own in this session. */
    static CertificateDigest peerOf(SSLSession session) throws SSLPeerUnverifiedException {
        return CertificateDigest.of((X509Certificate) session.getPeerCertificates()[0]);
    }

    private static final class OneKey extends X509ExtendedKeyManager {
        private final ShownIdentity identity;

        OneKey(ShownIdentity identity) {
            this.identity = identity;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {identity.name()};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return identity.name();
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return identity.name();
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {identity.name()};
        }

        @Override
        public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return identity.name();
        }

        @Override
        public String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return identity.name();
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {identity.certificate(alias)};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key(alias);
        }
    }

    private static final class Pinned extends X509ExtendedTrustManager {
        private final Predicate<CertificateDigest> pinned;

        Pinned(Predicate<CertificateDigest> pinned) {
            this.pinned = pinned;
        }

        private void check(X509Certificate @Nullable [] chain) throws CertificateException {
            if (chain == null || chain.length != 1 || !pinned.test(CertificateDigest.of(chain[0]))) {
                throw new WrongCertificate();
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
