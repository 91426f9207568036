package org.entente.evidence.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Certificates of X.509 (RFC 5280) for an Ed25519 key (RFC 8410): that of the key first, each signed by the next.
 *
 * <p>Whoever has one knows that it hangs together: every certificate is DER in the one form that it has, issued in the name of the next, which is an authority's and whose key signed it. That
 * anybody trusts it is not said, and no clock is asked: both are for a reader to decide ({@link CertificateAuthorities}), who may decide otherwise than another reader without
 * disagreeing on what the chain is.
 */
public final class CertificateChain {
    /** Greatest number of certificates. */
    public static final int LENGTH_MAX = 8;

    /** Greatest length of all certificates together in bytes. */
    public static final int BYTES_MAX = 1 << 15;

    private static final int RAW_KEY_BYTES = 32;
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 8192;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_CERT_SIGN = 5;
    private static final String PEM_BEGINS = "-----BEGIN CERTIFICATE-----";
    private static final String PEM_ENDS = "-----END CERTIFICATE-----";

    private final List<X509Certificate> certificates;
    private final List<byte[]> encoded;
    private final byte[] key;

    private CertificateChain(List<X509Certificate> certificates, List<byte[]> encoded, byte[] key) {
        this.certificates = List.copyOf(certificates);
        this.encoded = List.copyOf(encoded);
        this.key = key;
    }

    /**
     * Reads a chain.
     *
     * @param encoded DER, that of the key first
     * @throws Malformed with {@code chain.length}, {@code chain.too-large}, {@code chain.malformed}, {@code chain.key-other-algorithm},
     *     {@code chain.usage-other}, {@code chain.no-authority}, {@code chain.key-refused}, {@code chain.issuer-other}, {@code chain.algorithm-weak} or
     *     {@code chain.signature-false}, with the certificate's place from 1
     */
    public static CertificateChain of(List<byte[]> encoded) throws Malformed {
        if (encoded.isEmpty() || encoded.size() > LENGTH_MAX) {
            throw new Malformed("chain.length", Integer.toString(LENGTH_MAX));
        }
        requireSize(encoded.stream().mapToLong(bytes -> bytes.length).sum());
        List<X509Certificate> certificates = new ArrayList<>();
        List<byte[]> copies = new ArrayList<>();
        for (byte[] bytes : encoded) {
            certificates.add(certificate(bytes, certificates.size()));
            copies.add(bytes.clone());
        }
        X509Certificate leaf = certificates.getFirst();
        byte[] key = ed25519(leaf);
        if (!mayDo(leaf, DIGITAL_SIGNATURE) && !mayDo(leaf, NON_REPUDIATION)) {
            throw new Malformed("chain.usage-other");
        }
        for (int place = 0; place + 1 < certificates.size(); place++) {
            requireIssued(certificates.get(place), certificates.get(place + 1), place);
        }
        return new CertificateChain(certificates, copies, key);
    }

    /** Reads what {@link #json()} writes. */
    public static CertificateChain read(ArrayNode texts) throws Malformed {
        if (texts.size() > LENGTH_MAX) {
            throw new Malformed("chain.length", Integer.toString(LENGTH_MAX));
        }
        List<byte[]> encoded = new ArrayList<>();
        for (JsonNode text : texts) {
            encoded.add(Base64Text.parseUrl(text.isString() ? text.stringValue() : "*"));
        }
        return of(encoded);
    }

    /** Reads a chain as authorities hand it over: PEM (RFC 7468); words around the certificates are passed over. */
    public static CertificateChain readPem(byte[] file) throws Malformed {
        requireSize(file.length / 2);
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<byte[]> encoded = new ArrayList<>();
        int begins = text.indexOf(PEM_BEGINS);
        while (begins >= 0) {
            int from = begins + PEM_BEGINS.length();
            int ends = text.indexOf(PEM_ENDS, from);
            if (ends < 0) {
                throw malformed(encoded.size());
            }
            encoded.add(base64(text.substring(from, ends), encoded.size()));
            begins = text.indexOf(PEM_BEGINS, ends);
        }
        return of(encoded);
    }

    private static byte[] base64(String lines, int place) throws Malformed {
        try {
            return Base64.getDecoder().decode(lines.replaceAll("\\s", ""));
        } catch (IllegalArgumentException refused) {
            throw malformed(place);
        }
    }

    private static void requireSize(long bytes) throws Malformed {
        if (bytes > BYTES_MAX) {
            throw new Malformed("chain.too-large", Integer.toString(BYTES_MAX));
        }
    }

    /** The library reads what is almost DER as well, and a PEM file where DER is meant; neither has one form only. */
    private static X509Certificate certificate(byte[] der, int place) throws Malformed {
        try {
            X509CertificateHolder holder = new X509CertificateHolder(der);
            if (!Arrays.equals(holder.toASN1Structure().getEncoded(ASN1Encoding.DER), der)) {
                throw malformed(place);
            }
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
            if (!Arrays.equals(certificate.getEncoded(), der)) {
                throw malformed(place);
            }
            return certificate;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The libraries' ways to say that bytes are no certificate; nothing of our own is asked in here.
            throw malformed(place);
        }
    }

    private static byte[] ed25519(X509Certificate leaf) throws Malformed {
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(leaf.getPublicKey().getEncoded());
        boolean ed25519 = key.getAlgorithm().getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)
                && key.getAlgorithm().getParameters() == null
                && key.getPublicKeyData().getOctets().length == RAW_KEY_BYTES;
        if (!ed25519) {
            throw new Malformed("chain.key-other-algorithm");
        }
        return key.getPublicKeyData().getOctets();
    }

    /** A certificate without a key usage allows every one (RFC 5280 section 4.2.1.3). */
    private static boolean mayDo(X509Certificate certificate, int usage) {
        boolean[] usages = certificate.getKeyUsage();
        return usages == null || (usages.length > usage && usages[usage]);
    }

    private static void requireIssued(X509Certificate issued, X509Certificate by, int place) throws Malformed {
        if (by.getBasicConstraints() < 0 || !mayDo(by, KEY_CERT_SIGN)) {
            throw new Malformed("chain.no-authority", place(place + 1));
        }
        if (!isQuick(by.getPublicKey())) {
            throw new Malformed("chain.key-refused", place(place + 1));
        }
        if (!issued.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            throw new Malformed("chain.issuer-other", place(place), place(place + 1));
        }
        Optional<String> weak = Digests.unsound(issued);
        if (weak.isPresent()) {
            throw new Malformed("chain.algorithm-weak", place(place), weak.get());
        }
        try {
            issued.verify(by.getPublicKey());
        } catch (GeneralSecurityException | RuntimeException refused) {
            throw new Malformed("chain.signature-false", place(place), place(place + 1));
        }
    }

    /**
     * Whoever makes up a chain chooses the keys in it, and how long it takes to verify with them: one of DSA whose modulus fills a chain takes minutes. Keys that are too weak
     * are refused with them.
     */
    private static boolean isQuick(PublicKey key) {
        return switch (key) {
            case RSAKey rsa ->
                rsa.getModulus().bitLength() >= RSA_BITS_MIN && rsa.getModulus().bitLength() <= RSA_BITS_MAX;
            case ECKey _, EdECKey _ -> true;
            default -> false;
        };
    }

    private static Malformed malformed(int place) {
        return new Malformed("chain.malformed", place(place));
    }

    /** How people count: from 1. */
    private static String place(int index) {
        return Integer.toString(index + 1);
    }

    /** Base64url of the DER forms, that of the key first. */
    public ArrayNode json() {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        encoded.forEach(bytes -> texts.add(Base64Text.url(bytes)));
        return texts;
    }

    /** The 32 bytes of the Ed25519 key that is certified. */
    public byte[] key() {
        return key.clone();
    }

    /** SHA-256 of the DER form of the key's own certificate: {@code x5t#S256} of RFC 7515 section 4.1.8. */
    public Digest thumbprint() {
        return Digest.of(encoded.getFirst());
    }

    /** To whom the key is certified (RFC 2253), as it may be shown; see {@link Problem#shown}. */
    public String subject() {
        return Problem.shown(certificates.getFirst().getSubjectX500Principal().getName());
    }

    /** Who certified the key (RFC 2253), as it may be shown; see {@link Problem#shown}. */
    public String issuer() {
        return Problem.shown(certificates.getFirst().getIssuerX500Principal().getName());
    }

    /** Says whether a path of certificates of this chain, all valid at that moment and soundly signed, leads to one that is trusted. */
    public boolean leadsTo(CertificateAuthorities trusted, Instant at) {
        return trusted.path(certificates.getFirst(), certificates, at)
                .filter(path -> path.stream()
                        .allMatch(certificate -> Digests.unsound(certificate).isEmpty()))
                .isPresent();
    }

    /**
     * How many of the moments have such a path. Only the dates of certificates depend on the moment, so that moments at which the same ones are valid are judged
     * once: at most twice as often as there are certificates, and once more.
     */
    public int heldAt(CertificateAuthorities trusted, Collection<Instant> moments) {
        Map<List<Boolean>, Boolean> judged = new HashMap<>();
        int held = 0;
        for (Instant at : moments) {
            List<Boolean> valid = certificates.stream()
                    .map(certificate -> CertificateAuthorities.isValid(certificate, at))
                    .toList();
            held += judged.computeIfAbsent(valid, _ -> leadsTo(trusted, at)) ? 1 : 0;
        }
        return held;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateChain that && certificates.equals(that.certificates);
    }

    @Override
    public int hashCode() {
        return certificates.hashCode();
    }

    @Override
    public String toString() {
        return subject();
    }
}
