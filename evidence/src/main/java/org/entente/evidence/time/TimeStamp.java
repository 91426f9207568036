package org.entente.evidence.time;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;

/**
 * A time-stamp token (RFC 3161 section 2.4.2) whose signature holds and whose authority is trusted: what the digest is of existed at that time.
 * It is the one witness of a checkpoint that need not know what a log is. When the authority's certificate has expired the token still stands: it is judged by
 * its own time.
 */
public final class TimeStamp {
    /** Greatest length of a token in bytes: a signature and a handful of certificates. */
    public static final int BYTES_MAX = 1 << 16;

    /**
     * Greatest number of certificates in a token. How long it takes to find that no path leads from many of them to a trusted
     * one grows with the fifth power of their number: 160 that fit into a token, in five layers, took 72 seconds.
     */
    private static final int CERTIFICATES_MAX = 16;

    private final byte[] bytes;
    private final Instant at;
    private final String authority;

    private TimeStamp(byte[] bytes, Instant at, String authority) {
        this.bytes = bytes.clone();
        this.at = at;
        this.authority = authority;
    }

    /**
     * Verifies a token over a digest.
     *
     * @throws Malformed with {@code timestamp.too-large}, {@code timestamp.malformed}, {@code timestamp.other-imprint}, {@code timestamp.algorithm},
     *     {@code timestamp.certificates-too-many}, {@code timestamp.signature-false}, or {@code timestamp.untrusted} with the name of whoever signed
     */
    public static TimeStamp open(byte[] token, Digest imprint, TimeAuthorities trusted) throws Malformed {
        if (token.length > BYTES_MAX) {
            throw new Malformed("timestamp.too-large", Integer.toString(BYTES_MAX));
        }
        Signed signed;
        try {
            TimeStampToken read = new TimeStampToken(new CMSSignedData(token));
            if (!Arrays.equals(read.getEncoded(), token)) {
                throw new Malformed("timestamp.malformed");
            }
            signed = signed(read, imprint, trusted);
        } catch (CMSException | TSPException | IOException | RuntimeException e) {
            // The library's ways to say that bytes are no token; nothing of our own is asked in here.
            throw new Malformed("timestamp.malformed");
        }
        String name = name(signed.signer);
        if (!trusted.vouchFor(signed.signer, signed.sent, signed.at)) {
            throw new Malformed("timestamp.untrusted", name);
        }
        return new TimeStamp(token, signed.at, name);
    }

    /** A token whose signature holds, and what is needed to judge whoever signed. */
    private record Signed(X509Certificate signer, List<X509Certificate> sent, Instant at) {}

    private static Signed signed(TimeStampToken token, Digest imprint, TimeAuthorities trusted) throws Malformed {
        boolean sha256 = TSPAlgorithms.SHA256.equals(token.getTimeStampInfo().getMessageImprintAlgOID());
        if (!sha256 || !Arrays.equals(token.getTimeStampInfo().getMessageImprintDigest(), imprint.bytes())) {
            throw new Malformed("timestamp.other-imprint");
        }
        for (SignerInformation signer : token.toCMSSignedData().getSignerInfos()) {
            Strength.require(signer);
        }
        List<X509Certificate> sent = certificates(token);
        X509Certificate signer = sent.stream()
                .filter(certificate -> token.getSID().match(holder(certificate)))
                .findFirst()
                .or(() -> trusted.find(certificate -> token.getSID().match(holder(certificate))))
                .orElseThrow(() -> new Malformed(
                        "timestamp.untrusted",
                        Problem.shown(token.getSID().getIssuer().toString())));
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
        } catch (TSPException | OperatorCreationException e) {
            throw new Malformed("timestamp.signature-false", name(signer));
        }
        return new Signed(signer, sent, token.getTimeStampInfo().getGenTime().toInstant());
    }

    private static List<X509Certificate> certificates(TimeStampToken token) throws Malformed {
        List<X509Certificate> certificates = new ArrayList<>();
        Collection<X509CertificateHolder> holders = token.getCertificates().getMatches(null);
        if (holders.size() > CERTIFICATES_MAX) {
            throw new Malformed("timestamp.certificates-too-many", Integer.toString(CERTIFICATES_MAX));
        }
        for (X509CertificateHolder holder : holders) {
            try {
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            } catch (CertificateException e) {
                throw new Malformed("timestamp.malformed");
            }
        }
        return certificates;
    }

    /** Whoever signs chooses the own name, and what it does on a terminal. */
    private static String name(X509Certificate signer) {
        return Problem.shown(signer.getSubjectX500Principal().getName());
    }

    private static X509CertificateHolder holder(X509Certificate certificate) {
        try {
            return new X509CertificateHolder(certificate.getEncoded());
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("a certificate that was read has no form", e);
        }
    }

    /** The token's own bytes, DER. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** When it was made, as the authority says. */
    public Instant at() {
        return at;
    }

    /** The subject of the certificate that signed it (RFC 2253), as it may be shown; see {@link Problem#shown}. */
    public String authority() {
        return authority;
    }
}
