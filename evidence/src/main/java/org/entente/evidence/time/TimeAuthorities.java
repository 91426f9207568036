package org.entente.evidence.time;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.certificate.CertificateAuthorities;

/**
 * Whom a reader trusts to say the time: certificates of time-stamp authorities, or of those that certify them. A path is judged at the time that the token states.
 */
public final class TimeAuthorities {
    private final CertificateAuthorities trusted;

    private TimeAuthorities(CertificateAuthorities trusted) {
        this.trusted = trusted;
    }

    public static TimeAuthorities none() {
        return new TimeAuthorities(CertificateAuthorities.none());
    }

    /**
     * Reads certificates, PEM or DER, one after another.
     *
     * @throws Malformed with {@code timestamp.authorities-malformed} when there is none or something else stands among them
     */
    public static TimeAuthorities read(byte[] certificates) throws Malformed {
        try {
            return new TimeAuthorities(CertificateAuthorities.read(certificates));
        } catch (Malformed refused) {
            throw new Malformed("timestamp.authorities-malformed");
        }
    }

    Optional<X509Certificate> find(Predicate<X509Certificate> wanted) {
        return trusted.find(wanted);
    }

    /**
     * Whether the signer is trusted itself, or a path of valid certificates leads from it to one that is.
     *
     * @throws Malformed with {@code timestamp.algorithm} when a certificate on the path is signed over a weak digest
     */
    boolean vouchFor(X509Certificate signer, Collection<X509Certificate> sent, Instant at) throws Malformed {
        Optional<List<X509Certificate>> path = trusted.path(signer, sent, at);
        for (X509Certificate certificate : path.orElse(List.of())) {
            Strength.require(certificate);
        }
        return path.isPresent();
    }
}
