package org.entente.evidence.card;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Malformed;

/** An ML-DSA-65 public key (FIPS 204), 1,952 bytes; pure signatures with the empty context. */
public final class MlDsa65PublicKey {
    /** Length of the key in bytes. */
    public static final int LENGTH = 1952;

    /** Length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 3309;

    /** Length of the public seed that stands before t1. */
    private static final int SEED_LENGTH = 32;

    static final String ALGORITHM = "ML-DSA-65";

    /** The platform's own provider is named, so that none that is installed later takes over unnoticed. */
    static final String PROVIDER = "SUN";

    /** What stands before the key in a SubjectPublicKeyInfo of id-ml-dsa-65 (RFC 9881 section 4). */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("308207b2300b0609608648016503040312038207a100");

    private final byte[] bytes;
    private final PublicKey key;

    private MlDsa65PublicKey(byte[] bytes, PublicKey key) {
        this.bytes = bytes;
        this.key = key;
    }

    /**
     * Reads 1,952 bytes. Every string of that length is a key (FIPS 204 algorithm 23), but one whose t1 is zero is refused
     * here: anybody can sign under it, so its owner could deny every signature.
     */
    public static MlDsa65PublicKey parse(byte[] bytes) throws Malformed {
        if (bytes.length != LENGTH || zero(bytes, SEED_LENGTH)) {
            throw new Malformed("key.ml-dsa-65-refused");
        }
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + LENGTH);
        System.arraycopy(bytes, 0, spki, SPKI_PREFIX.length, LENGTH);
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM, PROVIDER).generatePublic(new X509EncodedKeySpec(spki));
            return new MlDsa65PublicKey(bytes.clone(), key);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("a key of the right length was refused", refused);
        }
    }

    /** Reads unpadded base64url. */
    public static MlDsa65PublicKey parse(String text) throws Malformed {
        return parse(Base64Text.parseUrl(text));
    }

    private static boolean zero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    static MlDsa65PublicKey of(PublicKey key) {
        byte[] spki = key.getEncoded();
        if (spki.length != SPKI_PREFIX.length + LENGTH
                || !Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)) {
            throw new IllegalStateException("not an ML-DSA-65 key");
        }
        return new MlDsa65PublicKey(Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length), key);
    }

    /** Says whether the signature over the message is this key's. */
    public boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ALGORITHM, PROVIDER);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("Java 25 has ML-DSA-65", absent);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Unpadded base64url. */
    public String text() {
        return Base64Text.url(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MlDsa65PublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
