package org.entente.node.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.entente.evidence.canonical.Malformed;

/**
 * The certificate and key by which a node proves on the link which party it is: EC P-256, signed by itself.
 *
 * <p>No authority vouches for it and no date ends it: the other party pins {@link #certificateDigest()} in its records,
 * and takes the pin away to revoke it. The subject only helps a person who reads a trace. Prints without its key.
 */
public final class LinkIdentity {
    private static final Duration BACKDATED = Duration.ofDays(1);
    private static final Duration VALID = Duration.ofDays(20 * 365L);

    private final X509Certificate certificate;
    private final PrivateKey key;

    private LinkIdentity(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * A new identity.
     *
     * @param party the party's code, for example {@code MX}: letters, digits and hyphens, at most 64
     */
    public static LinkIdentity generate(String party, Instant now, SecureRandom random) {
        if (!party.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("not a party code");
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            var name = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.CN, party)
                    .build();
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(127, random).setBit(126),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(now.plus(VALID)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(pair.getPrivate());
            return new LinkIdentity(readCertificate(builder.build(signer).getEncoded()), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * An identity from its two parts.
     *
     * @param certificateDer the X.509 certificate, DER
     * @param privateKeyDer the key, PKCS#8 DER
     * @throws Malformed {@code link.identity-malformed} when one cannot be read or they do not belong together
     */
    public static LinkIdentity of(byte[] certificateDer, byte[] privateKeyDer) throws Malformed {
        try {
            X509Certificate certificate = readCertificate(certificateDer);
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(privateKeyDer));
            byte[] probe = certificate.getEncoded();
            if (!Arrays.equals(probe, certificateDer)) {
                throw new Malformed("link.identity-malformed");
            }
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate);
            signature.update(probe);
            if (!signature.verify(signed)) {
                throw new Malformed("link.identity-malformed");
            }
            return new LinkIdentity(certificate, key);
        } catch (GeneralSecurityException unreadable) {
            throw new Malformed("link.identity-malformed");
        }
    }

    /** What the other party pins. */
    public CertificateDigest certificateDigest() {
        return CertificateDigest.of(certificate);
    }

    public byte[] certificateDer() {
        try {
            return certificate.getEncoded();
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The certificate as PEM, for people and party cards. */
    public String certificatePem() {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificateDer())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The key as PKCS#8 DER, unencrypted: only for the key store, which encrypts it. */
    public byte[] privateKeyDer() {
        return key.getEncoded();
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "LinkIdentity[" + certificateDigest() + ", key redacted]";
    }

    private static X509Certificate readCertificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
