package org.entente.exchange.body;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 and HKDF-SHA-256 (RFC 5869) with outputs of at most 32 bytes, so that one block of expansion is enough. */
final class Hkdf {
    static final int HASH_BYTES = 32;

    private Hkdf() {}

    static byte[] extract(byte[] salt, byte[] keyMaterial) {
        return hmac(salt, keyMaterial);
    }

    static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
        if (length > HASH_BYTES) {
            throw new IllegalArgumentException("one block of expansion gives 32 bytes, not " + length);
        }
        byte[] block = hmac(pseudoRandomKey, concat(info, new byte[] {1}));
        return Arrays.copyOf(block, length);
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // RFC 2104 pads keys with zeros: an empty key and 32 zero bytes are one key, and the JDK refuses the first.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[HASH_BYTES] : key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
