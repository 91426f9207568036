package org.entente.exchange.body;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The key encapsulation MLKEM768-X25519, also called X-Wing: [1] section on KEM functions, [2] for the HPKE identifiers.
 *
 * <p>Both halves are computed, and the shared secret hashes both with the X25519 ciphertext and public key:
 * {@code SHA3-256(ss_PQ || ss_T || ct_T || ek_T || label)}. The ML-KEM ciphertext need not be hashed because
 * ML-KEM binds it itself. Breaking one half gives nothing. ML-KEM rejects implicitly: a ciphertext for another key
 * yields a random-looking secret, and only the authenticated decryption that follows notices.
 *
 * <p>The private key is a seed of 32 bytes; everything else is expanded from it at each use. BouncyCastle was chosen
 * over the JDK for the seed: the JDK has no way to make an ML-KEM key from one without a counterfeit random source.
 *
 * <p>[1] filippo.io/hpke-pq; [2] draft-ietf-hpke-pq-03; the same scheme is draft-connolly-cfrg-xwing-kem.
 */
final class HybridKem {
    static final int SEED_BYTES = 32;
    static final int PUBLIC_KEY_BYTES = 1184 + 32;
    static final int ENCAPSULATION_BYTES = 1088 + 32;
    static final int KEM_ID = 0x647a;

    private static final int PQ_PUBLIC_KEY_BYTES = 1184;
    private static final int PQ_CIPHERTEXT_BYTES = 1088;
    private static final int PQ_MODULUS = 3329;
    private static final int PQ_COEFFICIENT_BYTES = 1152;
    private static final byte[] LABEL = {0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c};

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Encapsulation(byte[] sharedSecret, byte[] encapsulatedKey) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Expanded(MLKEMPrivateKeyParameters pq, byte[] traditional, byte[] traditionalPublic) {}

    private HybridKem() {}

    static byte[] publicKey(byte[] seed) {
        Expanded key = expand(seed);
        return Hkdf.concat(key.pq().getPublicKey(), key.traditionalPublic());
    }

    /** Whether the bytes are a public key: right length, and every ML-KEM coefficient reduced (FIPS 203, section 7.2). */
    static boolean isPublicKey(byte[] key) {
        if (key.length != PUBLIC_KEY_BYTES) {
            return false;
        }
        for (int i = 0; i < PQ_COEFFICIENT_BYTES; i += 3) {
            int low = (key[i] & 0xff) | ((key[i + 1] & 0x0f) << 8);
            int high = ((key[i + 1] & 0xf0) >>> 4) | ((key[i + 2] & 0xff) << 4);
            if (low >= PQ_MODULUS || high >= PQ_MODULUS) {
                return false;
            }
        }
        return true;
    }

    /** Draws 64 bytes: 32 for ML-KEM, then 32 for X25519. Empty when the X25519 half of the key has a low order. */
    static Optional<Encapsulation> encapsulate(byte[] publicKey, SecureRandom random) {
        byte[] pqRandomness = new byte[32];
        random.nextBytes(pqRandomness);
        byte[] ephemeral = new byte[X25519.SCALAR_SIZE];
        random.nextBytes(ephemeral);
        MLKEMPublicKeyParameters pq =
                new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, Arrays.copyOf(publicKey, PQ_PUBLIC_KEY_BYTES));
        byte[] traditionalPublic = Arrays.copyOfRange(publicKey, PQ_PUBLIC_KEY_BYTES, PUBLIC_KEY_BYTES);
        SecretWithEncapsulation pqSecret = MLKEMGenerator.internalGenerateEncapsulated(pq, pqRandomness);
        byte[] share = new byte[X25519.POINT_SIZE];
        X25519.scalarMultBase(ephemeral, 0, share, 0);
        byte[] traditionalSecret = new byte[X25519.POINT_SIZE];
        boolean usable = X25519.calculateAgreement(ephemeral, 0, traditionalPublic, 0, traditionalSecret, 0);
        Arrays.fill(ephemeral, (byte) 0);
        Arrays.fill(pqRandomness, (byte) 0);
        if (!usable) {
            return Optional.empty();
        }
        byte[] secret = combine(pqSecret.getSecret(), traditionalSecret, share, traditionalPublic);
        return Optional.of(new Encapsulation(secret, Hkdf.concat(pqSecret.getEncapsulation(), share)));
    }

    /** Empty when the X25519 half is a point of low order, which an honest sender never makes. */
    static Optional<byte[]> decapsulate(byte[] seed, byte[] encapsulatedKey) {
        if (encapsulatedKey.length != ENCAPSULATION_BYTES) {
            throw new IllegalArgumentException("an encapsulated key has 1120 bytes, not " + encapsulatedKey.length);
        }
        Expanded key = expand(seed);
        byte[] share = Arrays.copyOfRange(encapsulatedKey, PQ_CIPHERTEXT_BYTES, ENCAPSULATION_BYTES);
        byte[] pqSecret =
                new MLKEMExtractor(key.pq()).extractSecret(Arrays.copyOf(encapsulatedKey, PQ_CIPHERTEXT_BYTES));
        byte[] traditionalSecret = new byte[X25519.POINT_SIZE];
        boolean usable = X25519.calculateAgreement(key.traditional(), 0, share, 0, traditionalSecret, 0);
        Arrays.fill(key.traditional(), (byte) 0);
        return usable
                ? Optional.of(combine(pqSecret, traditionalSecret, share, key.traditionalPublic()))
                : Optional.empty();
    }

    private static Expanded expand(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
        }
        SHAKEDigest shake = new SHAKEDigest(256);
        shake.update(seed, 0, seed.length);
        byte[] full = new byte[64 + X25519.SCALAR_SIZE];
        shake.doFinal(full, 0, full.length);
        byte[] traditional = Arrays.copyOfRange(full, 64, full.length);
        byte[] traditionalPublic = new byte[X25519.POINT_SIZE];
        X25519.scalarMultBase(traditional, 0, traditionalPublic, 0);
        MLKEMPrivateKeyParameters pq =
                new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, Arrays.copyOf(full, 64));
        Arrays.fill(full, (byte) 0);
        return new Expanded(pq, traditional, traditionalPublic);
    }

    private static byte[] combine(byte[] pqSecret, byte[] traditionalSecret, byte[] share, byte[] traditionalPublic) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA3-256");
            hash.update(pqSecret);
            hash.update(traditionalSecret);
            hash.update(share);
            hash.update(traditionalPublic);
            hash.update(LABEL);
            return hash.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA3-256", e);
        }
    }
}
