package org.entente.evidence.time;

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
 * Whom a reader trusts to say the time: certificates of time-stamp authorities, or of those that certify them. A path is judged at the time that the token states,
 * and nobody is asked whether a certificate was revoked: verification is offline.
 */
public final class TimeAuthorities {
    private static final int CERTIFICATES_MAX = 64;

    private final List<X509Certificate> trusted;

    private TimeAuthorities(List<X509Certificate> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    public static TimeAuthorities none() {
        return new TimeAuthorities(List.of());
    }

    /**
     * Reads certificates, PEM or DER, one after another.
     *
     * @throws Malformed with {@code timestamp.authorities-malformed} when there is none or something else stands among them
     */
    public static TimeAuthorities read(byte[] certificates) throws Malformed {
        try {
            List<X509Certificate> trusted = new ArrayList<>();
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificates))) {
                if (certificate instanceof X509Certificate x509) {
                    trusted.add(x509);
                }
            }
            if (trusted.isEmpty() || trusted.size() > CERTIFICATES_MAX) {
                throw new Malformed("timestamp.authorities-malformed");
            }
            return new TimeAuthorities(trusted);
        } catch (CertificateException e) {
            throw new Malformed("timestamp.authorities-malformed");
        }
    }

    Optional<X509Certificate> find(Predicate<X509Certificate> wanted) {
        return trusted.stream().filter(wanted).findFirst();
    }

    /**
     * Whether the signer is trusted itself, or a path of valid certificates leads from it to one that is.
     *
     * @throws Malformed with {@code timestamp.algorithm} when a certificate on the path is signed over a weak digest
     */
    boolean vouchFor(X509Certificate signer, Collection<X509Certificate> sent, Instant at) throws Malformed {
        if (trusted.contains(signer)) {
            return !at.isBefore(signer.getNotBefore().toInstant())
                    && !at.isAfter(signer.getNotAfter().toInstant());
        }
        if (trusted.isEmpty()) {
            return false;
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(signer);
        try {
            PKIXBuilderParameters path = new PKIXBuilderParameters(anchors, wanted);
            path.setRevocationEnabled(false);
            path.setDate(Date.from(at));
            path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
            CertPath found = CertPathBuilder.getInstance("PKIX").build(path).getCertPath();
            for (Certificate certificate : found.getCertificates()) {
                Strength.require((X509Certificate) certificate);
            }
            return true;
        } catch (CertPathBuilderException none) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot judge paths of certificates", e);
        }
    }
}
