package org.entente.evidence.attack;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.entente.evidence.canonical.Digest;

/**
 * Whoever can sign times, with a key pair and a certificate: a root, whom it certified, and those who only say so. Tokens are put together from
 * RFC 3161 and RFC 5652 by parts, so that any of them may be wrong.
 *
 * @param certificate of the key, by whom it says
 * @param pair the key
 */
public record Clock(X509Certificate certificate, KeyPair pair) {
    public static final String STRONG = "SHA256withECDSA";
    public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
    public static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

    /** Certifies itself. */
    public static Clock root(String name) {
        KeyPair pair = keys();
        X500Principal itself = new X500Principal(name);
        return new Clock(
                certificate(itself, itself, pair.getPublic(), KeyPurposeId.anyExtendedKeyUsage, by(pair, STRONG)),
                pair);
    }

    /** A clock that this one certifies for that purpose. */
    public Clock certifies(String name, KeyPurposeId purpose) {
        return certifies(name, purpose, STRONG);
    }

    /** The same, with any algorithm for the certificate's signature. */
    Clock certifies(String name, KeyPurposeId purpose, String signature) {
        KeyPair keys = keys();
        X500Principal issuer = certificate.getSubjectX500Principal();
        return new Clock(
                certificate(issuer, new X500Principal(name), keys.getPublic(), purpose, by(pair, signature)), keys);
    }

    private static ContentSigner by(KeyPair pair, String signature) {
        try {
            return new JcaContentSignerBuilder(signature).build(pair.getPrivate());
        } catch (OperatorCreationException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static X509Certificate certificate(
            X500Principal issuer, X500Principal subject, PublicKey key, KeyPurposeId purpose, ContentSigner signer) {
        boolean root = issuer.equals(subject);
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(1L + (subject.hashCode() & 0xffff)),
                    Date.from(FROM),
                    Date.from(UNTIL),
                    subject,
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(root));
            if (!root) {
                builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** A clock that nobody certified, of any name. */
    public Clock named(String commonName) {
        try {
            X500Name name = new X500NameBuilder()
                    .addRDN(BCStyle.CN, new DERUTF8String(commonName))
                    .build();
            X500Principal subject = new X500Principal(name.getEncoded());
            KeyPurposeId purpose = KeyPurposeId.id_kp_timeStamping;
            return new Clock(
                    certificate(new X500Principal("CN=Nobody"), subject, pair.getPublic(), purpose, by(pair, STRONG)),
                    pair);
        } catch (IOException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** What a token says (RFC 3161 section 2.4.2). */
    public static byte[] says(ASN1ObjectIdentifier algorithm, byte[] imprint, Instant at, BigInteger nonce) {
        try {
            return new TSTInfo(
                            new ASN1ObjectIdentifier("1.2.3.4.1"),
                            new MessageImprint(new AlgorithmIdentifier(algorithm), imprint),
                            new ASN1Integer(1),
                            new ASN1GeneralizedTime(Date.from(at)),
                            null,
                            null,
                            new ASN1Integer(nonce),
                            null,
                            null)
                    .getEncoded();
        } catch (IOException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** A token as whoever signs times honestly makes it. */
    public byte[] token(byte[] info) {
        return token(info, STRONG, SHA256, this);
    }

    /** An answer to a question about the time (RFC 3161 section 2.4.2). */
    public static byte[] answer(int status, byte[] token) {
        try {
            PKIStatusInfo said = new PKIStatusInfo(PKIStatus.getInstance(new ASN1Integer(status)));
            return new TimeStampResp(said, ContentInfo.getInstance(ASN1Sequence.getInstance(token))).getEncoded();
        } catch (IOException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Signs it, and sends certificates along. */
    byte[] token(byte[] info, String signature, AlgorithmIdentifier digest, Clock... sent) {
        return token(info, List.of(signer(signature, digest)), sent);
    }

    static byte[] token(byte[] info, List<SignerInfoGenerator> signers, Clock... sent) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            signers.forEach(generator::addSignerInfoGenerator);
            List<X509Certificate> certificates = new ArrayList<>();
            for (Clock clock : sent) {
                certificates.add(clock.certificate);
            }
            generator.addCertificates(new JcaCertStore(certificates));
            return generator
                    .generate(new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info), true)
                    .getEncoded("DER");
        } catch (IOException | GeneralSecurityException | CMSException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Who signs how: the digest of the content is chosen apart from that of the signature. */
    SignerInfoGenerator signer(String signature, AlgorithmIdentifier digest) {
        try {
            byte[] hash = Digest.of(certificate.getEncoded()).bytes();
            ASN1EncodableVector attributes = new ASN1EncodableVector();
            attributes.add(new Attribute(
                    PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                    new DERSet(new SigningCertificateV2(new ESSCertIDv2(null, hash)))));
            return new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .setContentDigest(digest)
                    .setSignedAttributeGenerator(
                            new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                    .build(by(pair, signature), new JcaX509CertificateHolder(certificate));
        } catch (GeneralSecurityException | OperatorCreationException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** The certificate as people hand it over. */
    public byte[] pem() {
        try {
            return ("-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
