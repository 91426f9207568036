package org.entente.evidence.certificate;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/** On which digests a signature in or around a certificate may rest: those for which nobody finds two contents. */
public final class Digests {
    private static final Set<String> SOUND = Set.of(
            NISTObjectIdentifiers.id_sha256.getId(),
            NISTObjectIdentifiers.id_sha384.getId(),
            NISTObjectIdentifiers.id_sha512.getId());

    private Digests() {}

    /** Says whether a digest, by its object identifier, is one of them. */
    public static boolean isSound(String digest) {
        return SOUND.contains(digest);
    }

    /**
     * Says whether an algorithm for signatures rests on one of them; one that is not known, or lacks its parameters, does not.
     *
     * @param algorithm an AlgorithmIdentifier (RFC 5280 section 4.1.1.2) in DER
     */
    public static boolean isSoundSignature(byte[] algorithm) {
        try {
            return Optional.ofNullable(new DefaultDigestAlgorithmIdentifierFinder()
                            .find(AlgorithmIdentifier.getInstance(algorithm)))
                    .filter(found -> isSound(found.getAlgorithm().getId()))
                    .isPresent();
        } catch (RuntimeException noParameters) {
            return false;
        }
    }

    /** The algorithm with which a certificate was signed, by its object identifier, when it is not sound. */
    public static Optional<String> unsound(X509Certificate certificate) {
        try {
            AlgorithmIdentifier signature = new X509CertificateHolder(certificate.getEncoded()).getSignatureAlgorithm();
            return isSoundSignature(signature.getEncoded())
                    ? Optional.empty()
                    : Optional.of(signature.getAlgorithm().getId());
        } catch (IOException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no form", e);
        }
    }
}
