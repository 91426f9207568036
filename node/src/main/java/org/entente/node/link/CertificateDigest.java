package org.entente.node.link;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.entente.evidence.canonical.Malformed;

/**
 * The name of a link certificate, which party cards pin: SHA-256 of its DER bytes.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record CertificateDigest(String hex) {
    public CertificateDigest {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a certificate digest");
        }
    }

    /**
     * Reads a digest as a party card writes it.
     *
     * @throws Malformed {@code link.digest-malformed}
     */
    public static CertificateDigest parse(String hex) throws Malformed {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new Malformed("link.digest-malformed");
        }
        return new CertificateDigest(hex);
    }

    public static CertificateDigest of(X509Certificate certificate) {
        try {
            return new CertificateDigest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
