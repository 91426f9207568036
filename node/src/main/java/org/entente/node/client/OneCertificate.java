package org.entente.node.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly one certificate, whatever name or address shows it: the file that the node wrote when it was made. No
 * authority is asked and no date is looked at; whoever replaces the file decides.
 */
final class OneCertificate extends X509ExtendedTrustManager {
    private final byte[] trusted;

    private OneCertificate(byte[] trusted) {
        this.trusted = trusted;
    }

    static OneCertificate of(Path file) throws IOException, CertificateException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new OneCertificate(CertificateFactory.getInstance("X.509")
                    .generateCertificate(stream)
                    .getEncoded());
        }
    }

    private void require(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !MessageDigest.isEqual(chain[0].getEncoded(), trusted)) {
            throw new CertificateException("this is not the node whose certificate was given");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("no client shows itself here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("no client shows itself here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("no client shows itself here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
