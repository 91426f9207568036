package org.entente.matching.index;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Destroyable;

/**
 * The 32 secret bytes of one index file of its holder, from which come the salts of its commitments, its dummies, and the digests by which
 * runs are known again. All of it is HMAC-SHA-256 over messages that cannot be confused: only a tag has 16 bytes, the others begin
 * with two letters each. Who lacks the key cannot tell a dummy from an entry, nor try records against a run.
 */
public final class SaltKey implements Destroyable {
    static final int SALT_BYTES = 32;
    private static final byte[] DUMMY_ENTRY = {'d', 'e'};
    private static final byte[] DUMMY_LEAF = {'d', 'l'};
    private static final byte[] RUN = {'r', 'n'};

    private final byte[] secret;
    private volatile boolean destroyed;

    private SaltKey(byte[] secret) {
        this.secret = secret;
    }

    public static SaltKey generate(SecureRandom random) {
        byte[] secret = new byte[SALT_BYTES];
        random.nextBytes(secret);
        return new SaltKey(secret);
    }

    /** Reads what {@link #exportForKeyStore} wrote; the bytes are copied. */
    public static SaltKey restore(byte[] secret) {
        if (secret.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt key has 32 bytes");
        }
        return new SaltKey(secret.clone());
    }

    /** The secret bytes, for an encrypted key store and nothing else. */
    public byte[] exportForKeyStore() {
        requireAlive();
        return secret.clone();
    }

    Salter salter() {
        requireAlive();
        return new Salter(secret);
    }

    private void requireAlive() {
        if (destroyed) {
            throw new IllegalStateException("the salt key was destroyed");
        }
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "SaltKey[redacted]";
    }

    /** The computing side, for one thread. */
    static final class Salter {
        private final Mac mac;
        private final MessageDigest sha = Digest.hash();

        private Salter(byte[] secret) {
            try {
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the platform has no HMAC-SHA-256", e);
            }
        }

        byte[] salt(byte[] tag) {
            return mac.doFinal(tag);
        }

        /** Tag and masked label of a dummy, 24 bytes. */
        byte[] dummy(long ordinal) {
            mac.update(DUMMY_ENTRY);
            return Arrays.copyOf(
                    mac.doFinal(ByteBuffer.allocate(8).putLong(ordinal).array()), IndexLayout.FULL_ENTRY_BYTES);
        }

        /** A commitment to which nobody knows an opening. */
        byte[] dummyCommitment(byte[] tag) {
            mac.update(DUMMY_LEAF);
            return mac.doFinal(tag);
        }

        byte[] runDigest(byte[] records) {
            mac.update(RUN);
            return mac.doFinal(records);
        }

        /** SHA-256(salt ‖ for each id in ascending order of bytes: length (2) ‖ id); the ids come framed like that. */
        byte[] commitment(byte[] salt, byte[] framedIds, int offset, int length) {
            sha.update(salt);
            sha.update(framedIds, offset, length);
            return sha.digest();
        }

        /** The leaf of an entry; without ids it is a dummy's. */
        byte[] leaf(byte[] fullEntry, byte[] framedIds, int offset, int length) {
            byte[] tag = Arrays.copyOf(fullEntry, IndexLayout.TAG_BYTES);
            byte[] commitment = length == 0 ? dummyCommitment(tag) : commitment(salt(tag), framedIds, offset, length);
            return leaf(sha, fullEntry, commitment);
        }

        /** SHA-256(0x00 ‖ tag ‖ masked label ‖ commitment). */
        static byte[] leaf(MessageDigest sha, byte[] fullEntry, byte[] commitment) {
            sha.update((byte) 0);
            sha.update(fullEntry);
            sha.update(commitment);
            return sha.digest();
        }
    }
}
