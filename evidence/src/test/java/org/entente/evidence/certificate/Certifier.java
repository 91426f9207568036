package org.entente.evidence.certificate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PublicKeys;

/** Somebody who certifies keys, honestly or not, with an EC key of its own. */
public final class Certifier {
    public static final Instant FROM = Party.START.minusSeconds(86_400);
    public static final Instant UNTIL = Party.START.plusSeconds(86_400L * 365);

    private final String name;
    private final KeyPair pair;
    private final byte[] certificate;

    private Certifier(String name, KeyPair pair, byte[] certificate) {
        this.name = name;
        this.pair = pair;
        this.certificate = certificate;
    }

    /** What a certificate allows, and with what it is signed. */
    public record Terms(boolean authority, int usage, Instant from, Instant until, String signature) {
        public static final Terms HOLDER = new Terms(false, KeyUsage.digitalSignature, FROM, UNTIL, "SHA256withECDSA");
        public static final Terms AUTHORITY = new Terms(true, KeyUsage.keyCertSign, FROM, UNTIL, "SHA256withECDSA");

        public Terms using(int other) {
            return new Terms(authority, other, from, until, signature);
        }

        public Terms until(Instant other) {
            return new Terms(authority, usage, from, other, signature);
        }

        public Terms signedWith(String other) {
            return new Terms(authority, usage, from, until, other);
        }
    }

    /** Somebody who certifies itself. */
    public static Certifier root(String name) {
        KeyPair pair = pair();
        return new Certifier(
                name, pair, new Certifier(name, pair, new byte[0]).issue(name, key(pair), Terms.AUTHORITY));
    }

    /** Somebody whom this one certifies. */
    public Certifier certifies(String holder, Terms terms) {
        KeyPair other = pair();
        return new Certifier(holder, other, issue(holder, key(other), terms));
    }

    /** Somebody with a key of another kind whom this one certifies. */
    public Certifier certifies(String holder, String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair other = generator.generateKeyPair();
            return new Certifier(holder, other, issue(holder, key(other), Terms.AUTHORITY));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** The certificate of the Ed25519 key of a pair. */
    public byte[] certifies(String holder, PublicKeys keys, Terms terms) {
        return issue(
                holder,
                new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
                        keys.ed25519().bytes()),
                terms);
    }

    /** A chain over this authority, whose own certificate is left out when the authority is a root. */
    public CertificateChain chain(String holder, PublicKeys keys, Certifier... above) {
        List<byte[]> encoded = new ArrayList<>();
        encoded.add(certifies(holder, keys, Terms.HOLDER));
        for (Certifier authority : above) {
            encoded.add(authority.der());
        }
        try {
            return CertificateChain.of(encoded);
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] issue(String holder, SubjectPublicKeyInfo key, Terms terms) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name(name),
                BigInteger.valueOf(1L + (holder.hashCode() & 0xffff)),
                Date.from(terms.from),
                Date.from(terms.until),
                new X500Name(holder),
                key);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(terms.authority));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(terms.usage));
            return builder.build(new JcaContentSignerBuilder(terms.signature).build(pair.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static SubjectPublicKeyInfo key(KeyPair pair) {
        return SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    }

    /** The own certificate. */
    public byte[] der() {
        return certificate.clone();
    }

    /** Whoever trusts this one and nobody else. */
    public CertificateAuthorities trusted() {
        try {
            return CertificateAuthorities.read(pem(certificate));
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Certificates as people hand them over. */
    public static byte[] pem(byte[]... certificates) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte[] certificate : certificates) {
            try {
                text.write(("-----BEGIN CERTIFICATE-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                                + "\n-----END CERTIFICATE-----\n")
                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        return text.toByteArray();
    }
}
