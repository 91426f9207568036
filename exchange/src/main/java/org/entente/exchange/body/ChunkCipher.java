package org.entente.exchange.body;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * ChaCha20-Poly1305 under one key. The nonce is the one given, XORed with eleven bytes of counter and one of flag: zero
 * for a single message, the STREAM construction of age when the given nonce is zero. The JDK's cipher, because it is
 * vectorised.
 */
final class ChunkCipher {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final SecretKeySpec key;
    private final byte[] nonce;
    private final Cipher cipher;

    ChunkCipher(byte[] key, byte[] nonce) {
        this.key = new SecretKeySpec(key, "ChaCha20");
        this.nonce = nonce.clone();
        try {
            this.cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks ChaCha20-Poly1305", e);
        }
    }

    /** Encrypts {@code length} bytes of {@code in} to {@code out}; returns how many bytes were written. */
    int seal(long counter, boolean last, byte[] in, int length, byte[] out) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce(counter, last)));
            return cipher.doFinal(in, 0, length, out, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decrypts; empty when the tag is wrong, and then nothing of {@code out} may be used. */
    Optional<Integer> open(long counter, boolean last, byte[] in, int length, byte[] out) {
        if (length < TAG_BYTES) {
            return Optional.empty();
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce(counter, last)));
            return Optional.of(cipher.doFinal(in, 0, length, out, 0));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] nonce(long counter, boolean last) {
        byte[] own = nonce.clone();
        for (int i = 0; i < Long.BYTES; i++) {
            own[NONCE_BYTES - 2 - i] ^= (byte) (counter >>> (8 * i));
        }
        own[NONCE_BYTES - 1] ^= (byte) (last ? 1 : 0);
        return own;
    }
}
