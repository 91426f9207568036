package org.entente.evidence.canonical;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 value (FIPS 180-4): 32 bytes, printed as 64 lower-case hexadecimal digits. */
public final class Digest {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Hashes the parts one after the other, as one message. */
    public static Digest of(byte[]... parts) {
        MessageDigest sha256 = sha256();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return new Digest(sha256.digest());
    }

    /**
     * Hashes parts so that no other list of parts has the same preimage: the domain's ASCII text and a line feed, then
     * each part after its length in bytes as eight big-endian bytes.
     *
     * @param domain what kind of thing is hashed, for example {@code entente-statement-id/1}
     */
    public static Digest framed(String domain, byte[]... parts) {
        MessageDigest sha256 = sha256();
        sha256.update((domain + "\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            for (int shift = 56; shift >= 0; shift -= 8) {
                sha256.update((byte) ((long) part.length >>> shift));
            }
            sha256.update(part);
        }
        return new Digest(sha256.digest());
    }

    /** Takes a digest that was computed elsewhere; other lengths are a bug of the caller. */
    public static Digest ofBytes(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + digest.length);
        }
        return new Digest(digest.clone());
    }

    /** Reads 64 lower-case hexadecimal digits. */
    public static Digest parse(String hex) throws Malformed {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new Malformed("digest.malformed");
        }
        return new Digest(HEX.parseHex(hex));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HEX.formatHex(bytes);
    }

    /** Compares in time that does not depend on where the two differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
