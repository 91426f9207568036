package org.entente.evidence.time;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.entente.evidence.canonical.Malformed;

/**
 * On which digests a signature may rest: those for which nobody finds two contents. A signer names its digest twice, for the
 * content and within the algorithm of its signature (RFC 5652 section 5.3), and the weaker of the two is how strong it is.
 */
final class Strength {
    private static final Set<String> DIGESTS = Set.of(
            NISTObjectIdentifiers.id_sha256.getId(),
            NISTObjectIdentifiers.id_sha384.getId(),
            NISTObjectIdentifiers.id_sha512.getId());

    private Strength() {}

    /** Refuses a signer one of whose digests is weak or not known, with {@code timestamp.algorithm}. */
    static void require(SignerInformation signer) throws Malformed {
        String content = signer.getDigestAlgOID();
        if (!DIGESTS.contains(content)) {
            throw new Malformed("timestamp.algorithm", content);
        }
        AlgorithmIdentifier signature = signer.toASN1Structure().getDigestEncryptionAlgorithm();
        // Plain RSA takes the digest of the content, which was looked at above.
        if (!signature.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            require(signature);
        }
    }

    /** Refuses a certificate that was signed over a weak digest, with {@code timestamp.algorithm}. */
    static void require(X509Certificate certificate) throws Malformed {
        try {
            require(new X509CertificateHolder(certificate.getEncoded()).getSignatureAlgorithm());
        } catch (IOException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no form", e);
        }
    }

    private static void require(AlgorithmIdentifier signature) throws Malformed {
        if (digest(signature).filter(DIGESTS::contains).isEmpty()) {
            throw new Malformed("timestamp.algorithm", signature.getAlgorithm().getId());
        }
    }

    /** The digest within an algorithm for signatures; empty for one that is not known, or lacks its parameters. */
    private static Optional<String> digest(AlgorithmIdentifier signature) {
        try {
            return Optional.ofNullable(new DefaultDigestAlgorithmIdentifierFinder().find(signature))
                    .map(found -> found.getAlgorithm().getId());
        } catch (RuntimeException noParameters) {
            return Optional.empty();
        }
    }
}
