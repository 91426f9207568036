package org.entente.evidence.card;

import java.security.PublicKey;
import java.util.Arrays;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Malformed;

/** An ML-DSA-65 public key (FIPS 204), 1,952 bytes; pure signatures with the empty context. It verifies statements. */
public final class MlDsa65PublicKey implements VerificationKey {
    /** Length of the key in bytes. */
    public static final int LENGTH = 1952;

    /** Length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 3309;

    private final byte[] bytes;
    private final PublicKey key;

    private MlDsa65PublicKey(byte[] bytes, PublicKey key) {
        this.bytes = bytes;
        this.key = key;
    }

    /** Reads 1,952 bytes; refuses another length, and a key under which anybody can sign (t1 is zero). */
    public static MlDsa65PublicKey parse(byte[] bytes) throws Malformed {
        byte[] copy = bytes.clone();
        return new MlDsa65PublicKey(copy, MlDsa.ML_DSA_65.publicKey(copy));
    }

    /** Reads unpadded base64url. */
    public static MlDsa65PublicKey parse(String text) throws Malformed {
        return parse(Base64Text.parseUrl(text));
    }

    static MlDsa65PublicKey of(PublicKey key) {
        return new MlDsa65PublicKey(MlDsa.ML_DSA_65.bytes(key), key);
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        return MlDsa.ML_DSA_65.verifies(key, message, signature);
    }

    @Override
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
