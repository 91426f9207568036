package org.entente.evidence.certificate;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.entente.evidence.canonical.Malformed;

/**
 * Whom a reader trusts to certify. A path of certificates is judged at a moment that whoever asks names, and nobody is asked whether one was revoked: verification is
 * offline. The dates of a trusted certificate are not asked unless it is the one in question: it is trusted for its name and its key (RFC 5280 section 6.1.1).
 */
public final class CertificateAuthorities {
    /** Greatest length of a file of trusted certificates in bytes. */
    public static final int BYTES_MAX = 1 << 20;

    private static final int CERTIFICATES_MAX = 64;

    private final List<X509Certificate> trusted;

    private CertificateAuthorities(List<X509Certificate> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    public static CertificateAuthorities none() {
        return new CertificateAuthorities(List.of());
    }

    /**
     * Reads certificates, PEM or DER, one after another.
     *
     * @throws Malformed with {@code chain.authorities-malformed} when there is none or something else stands among them
     */
    public static CertificateAuthorities read(byte[] certificates) throws Malformed {
        List<X509Certificate> trusted = certificates(certificates);
        if (trusted.isEmpty() || trusted.size() > CERTIFICATES_MAX) {
            throw new Malformed("chain.authorities-malformed");
        }
        return new CertificateAuthorities(trusted);
    }

    private static List<X509Certificate> certificates(byte[] file) throws Malformed {
        List<X509Certificate> read = new ArrayList<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(file))) {
                if (certificate instanceof X509Certificate x509) {
                    read.add(x509);
                }
            }
            return read;
        } catch (CertificateException e) {
            throw new Malformed("chain.authorities-malformed");
        }
    }

    /** Says whether nobody is trusted. */
    public boolean isEmpty() {
        return trusted.isEmpty();
    }

    /** The first trusted certificate that is wanted. */
    public Optional<X509Certificate> find(Predicate<X509Certificate> wanted) {
        return trusted.stream().filter(wanted).findFirst();
    }

    /**
     * A path of certificates, all valid at that moment, that leads from one to a trusted one. The trusted one is not on it, so the path of one that is trusted itself is
     * empty.
     *
     * @param holder whose path is looked for
     * @param others what the path may lead over; few, because the search grows with the fifth power of their number
     */
    public Optional<List<X509Certificate>> path(
            X509Certificate holder, Collection<X509Certificate> others, Instant at) {
        if (trusted.contains(holder)) {
            return isValid(holder, at) ? Optional.of(List.of()) : Optional.empty();
        }
        if (trusted.isEmpty()) {
            return Optional.empty();
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(holder);
        try {
            PKIXBuilderParameters path = new PKIXBuilderParameters(anchors, wanted);
            path.setRevocationEnabled(false);
            path.setDate(Date.from(at));
            path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
            CertPath found = CertPathBuilder.getInstance("PKIX").build(path).getCertPath();
            return Optional.of(found.getCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList());
        } catch (CertPathBuilderException none) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot judge paths of certificates", e);
        }
    }

    /** Says whether the moment lies within a certificate's dates, both included. */
    public static boolean isValid(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }
}
