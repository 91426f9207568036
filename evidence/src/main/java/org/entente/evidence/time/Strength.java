package org.entente.evidence.time;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.SignerInformation;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.certificate.Digests;

/**
 * On which digests a token may rest: those for which nobody finds two contents. A signer names its digest twice, for the
 * content and within the algorithm of its signature (RFC 5652 section 5.3), and the weaker of the two is how strong it is.
 */
final class Strength {
    private Strength() {}

    /** Refuses a signer one of whose digests is weak or not known, with {@code timestamp.algorithm}. */
    static void require(SignerInformation signer) throws Malformed {
        String content = signer.getDigestAlgOID();
        if (!Digests.isSound(content)) {
            throw new Malformed("timestamp.algorithm", content);
        }
        AlgorithmIdentifier signature = signer.toASN1Structure().getDigestEncryptionAlgorithm();
        // Plain RSA takes the digest of the content, which was looked at above.
        boolean plain = signature.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
        if (!plain && !Digests.isSoundSignature(encoded(signature))) {
            throw new Malformed("timestamp.algorithm", signature.getAlgorithm().getId());
        }
    }

    private static byte[] encoded(AlgorithmIdentifier signature) {
        try {
            return signature.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("an algorithm that was read has no form", e);
        }
    }

    /** Refuses a certificate that was signed over a weak digest, with {@code timestamp.algorithm}. */
    static void require(X509Certificate certificate) throws Malformed {
        Optional<String> weak = Digests.unsound(certificate);
        if (weak.isPresent()) {
            throw new Malformed("timestamp.algorithm", weak.get());
        }
    }
}
