package org.entente.exchange.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * HPKE in base mode (RFC 9180, section 5.1) for one message: HKDF-SHA256 and ChaCha20Poly1305 over a shared secret
 * of {@link HybridKem}, with empty associated data. The key is used once, so the nonce is the base nonce.
 */
final class SealBase {
    private static final byte[] SUITE = Hkdf.concat(
            ascii("HPKE"),
            new byte[] {(byte) (HybridKem.KEM_ID >>> 8), (byte) HybridKem.KEM_ID, 0x00, 0x01, 0x00, 0x03});
    private static final byte[] VERSION = ascii("HPKE-v1");
    private static final byte[] EMPTY = {};

    private SealBase() {}

    /** The key and nonce of the key schedule (RFC 9180, section 5.1, mode_base: no pre-shared key). */
    static ChunkCipher cipher(byte[] sharedSecret, String info) {
        byte[] context = Hkdf.concat(
                new byte[] {0},
                labeledExtract(EMPTY, "psk_id_hash", EMPTY),
                labeledExtract(EMPTY, "info_hash", ascii(info)));
        byte[] secret = labeledExtract(sharedSecret, "secret", EMPTY);
        byte[] key = labeledExpand(secret, "key", context, ChunkCipher.KEY_BYTES);
        byte[] nonce = labeledExpand(secret, "base_nonce", context, ChunkCipher.NONCE_BYTES);
        Arrays.fill(secret, (byte) 0);
        return new ChunkCipher(key, nonce);
    }

    private static byte[] labeledExtract(byte[] salt, String label, byte[] keyMaterial) {
        return Hkdf.extract(salt, Hkdf.concat(VERSION, SUITE, ascii(label), keyMaterial));
    }

    private static byte[] labeledExpand(byte[] key, String label, byte[] info, int length) {
        byte[] labeled = Hkdf.concat(new byte[] {0, (byte) length}, VERSION, SUITE, ascii(label), info);
        return Hkdf.expand(key, labeled, length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
