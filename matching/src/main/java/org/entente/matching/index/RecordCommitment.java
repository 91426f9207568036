package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Salted commitments to the records behind an entry. commitment = SHA-256(salt ‖ for each id in ascending order: length in two bytes ‖ id in UTF-8);
 * leaf = SHA-256(0x00 ‖ tag ‖ masked label ‖ commitment); salt = HMAC-SHA-256(salt key, tag), so that one key is kept
 * instead of a salt for each entry, and one opening tells nothing of another.
 */
final class RecordCommitment {
    private RecordCommitment() {}

    static byte[] salt(byte[] saltKey, byte[] tag) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(saltKey, "HmacSHA256"));
            return mac.doFinal(tag);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no HMAC-SHA-256", e);
        }
    }

    static Digest commit(byte[] salt, List<String> recordIds) {
        MessageDigest sha = Digest.hash();
        sha.update(salt);
        for (String recordId : recordIds) {
            byte[] id = recordId.getBytes(UTF_8);
            sha.update(ByteBuffer.allocate(2).putShort((short) id.length).flip());
            sha.update(id);
        }
        return Digest.of(sha.digest());
    }

    static byte[] leaf(byte[] entry, byte[] commitment) {
        MessageDigest sha = Digest.hash();
        sha.update((byte) 0);
        sha.update(entry);
        sha.update(commitment);
        return sha.digest();
    }

    /** All leaf hashes of a file whose entries are written, 32 bytes each. */
    static byte[] leaves(MemorySegment file, byte[] commitments) {
        byte[] leaves = new byte[commitments.length];
        for (int n = 0; n < commitments.length / Digest.BYTES; n++) {
            byte[] entry = IndexLayout.getBytes(file, IndexLayout.entryAt(n), IndexLayout.ENTRY_BYTES);
            byte[] commitment = java.util.Arrays.copyOfRange(commitments, n * Digest.BYTES, (n + 1) * Digest.BYTES);
            System.arraycopy(leaf(entry, commitment), 0, leaves, n * Digest.BYTES, Digest.BYTES);
        }
        return leaves;
    }
}
