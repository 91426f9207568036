package org.entente.evidence.time;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;

/**
 * What is asked of a time-stamp authority (RFC 3161 section 2.4.1): to say the time under one SHA-256 digest, and to send its
 * certificates along.
 *
 * @param imprint what was there at that time
 * @param nonce at least 64 random bits, so that no old answer serves; positive
 */
public record TimeQuestion(Digest imprint, BigInteger nonce) {
    /** Greatest length of an answer in bytes. */
    public static final int ANSWER_BYTES_MAX = TimeStamp.BYTES_MAX + 1024;

    private static final int NONCE_BITS_MAX = 160;

    public TimeQuestion {
        if (nonce.signum() != 1 || nonce.bitLength() > NONCE_BITS_MAX) {
            throw new IllegalArgumentException("not a nonce");
        }
    }

    /** The DER form, as HTTP carries it under {@code application/timestamp-query}. */
    public byte[] bytes() {
        try {
            return request().getEncoded();
        } catch (IOException impossible) {
            throw new IllegalStateException("a request that was just made has no form", impossible);
        }
    }

    private TimeStampRequest request() {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        return generator.generate(TSPAlgorithms.SHA256, imprint.bytes(), nonce);
    }

    /**
     * Reads the answer to this question.
     *
     * @throws Malformed with {@code timestamp.too-large}, {@code timestamp.malformed}, {@code timestamp.refused} with the authority's own words,
     *     {@code timestamp.other-question} when it answers another one, or what {@link TimeStamp#open} refuses with
     */
    public TimeStamp answered(byte[] answer, TimeAuthorities trusted) throws Malformed {
        if (answer.length > ANSWER_BYTES_MAX) {
            throw new Malformed("timestamp.too-large", Integer.toString(ANSWER_BYTES_MAX));
        }
        return TimeStamp.open(token(answer), imprint, trusted);
    }

    private byte[] token(byte[] answer) throws Malformed {
        TimeStampResponse response = read(answer);
        int status = response.getStatus();
        if (status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) {
            throw new Malformed("timestamp.refused", Integer.toString(status), words(response));
        }
        TimeStampToken token = response.getTimeStampToken();
        if (token == null) {
            throw new Malformed("timestamp.malformed");
        }
        BigInteger answered = token.getTimeStampInfo().getNonce();
        boolean ofThis = nonce.equals(answered)
                && Arrays.equals(token.getTimeStampInfo().getMessageImprintDigest(), imprint.bytes());
        if (!ofThis) {
            throw new Malformed("timestamp.other-question");
        }
        try {
            return token.getEncoded();
        } catch (IOException e) {
            throw new Malformed("timestamp.malformed");
        }
    }

    private static TimeStampResponse read(byte[] answer) throws Malformed {
        try {
            return new TimeStampResponse(answer);
        } catch (IOException | TSPException | RuntimeException e) {
            throw new Malformed("timestamp.malformed");
        }
    }

    private static String words(TimeStampResponse response) {
        String words = response.getStatusString();
        return words == null ? "" : Problem.shown(words.strip());
    }
}
