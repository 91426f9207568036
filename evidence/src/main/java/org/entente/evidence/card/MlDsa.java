package org.entente.evidence.card;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.entente.evidence.canonical.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * A parameter set of ML-DSA (FIPS 204), and the two in use here; pure signatures with the empty context, by the platform's provider.
 *
 * <p>Only seeds are ever stored: releases of Java differ in how they encode the private key, and each refuses the other's.
 * The platform's generator is given a source that returns the seed, which all of them turn into the same key. Signing is
 * the deterministic variant (FIPS 204 section 3.4, rnd is 32 zero bytes), because core code is given its randomness and a
 * signature needs none; hedged signatures verify all the same. The platform's code was chosen over BouncyCastle's
 * lightweight one after measuring both with ML-DSA-65 on two cores with AVX-512: about 3,300 against 1,500 signatures and
 * 7,000 against 5,000 verifications a second, with identical signatures.
 */
final class MlDsa {
    static final MlDsa ML_DSA_44 = new MlDsa(
            NamedParameterSpec.ML_DSA_44,
            "key.ml-dsa-44-refused",
            MlDsa44PublicKey.LENGTH,
            MlDsa44PublicKey.SIGNATURE_LENGTH,
            "30820532300b06096086480165030403110382052100");
    static final MlDsa ML_DSA_65 = new MlDsa(
            NamedParameterSpec.ML_DSA_65,
            "key.ml-dsa-65-refused",
            MlDsa65PublicKey.LENGTH,
            MlDsa65PublicKey.SIGNATURE_LENGTH,
            "308207b2300b0609608648016503040312038207a100");

    /** ξ of FIPS 204 algorithm 1, in bytes. */
    static final int SEED_LENGTH = 32;

    /** The platform's own provider is named, so that none that is installed later takes over unnoticed. */
    private static final String PROVIDER = "SUN";

    /** Length of the public seed that stands before t1. */
    private static final int PUBLIC_SEED_LENGTH = 32;

    private final NamedParameterSpec parameters;
    private final String refusal;
    private final int keyLength;
    private final int signatureLength;

    /** What stands before the key in a SubjectPublicKeyInfo of this algorithm (RFC 9881 section 4). */
    private final byte[] spkiPrefix;

    private MlDsa(
            NamedParameterSpec parameters, String refusal, int keyLength, int signatureLength, String spkiPrefix) {
        this.parameters = parameters;
        this.refusal = refusal;
        this.keyLength = keyLength;
        this.signatureLength = signatureLength;
        this.spkiPrefix = HexFormat.of().parseHex(spkiPrefix);
    }

    /**
     * Every string of the right length is a key (FIPS 204 algorithm 23), but one whose t1 is zero is refused: anybody can
     * sign under it, so its owner could deny every signature.
     */
    PublicKey publicKey(byte[] bytes) throws Malformed {
        if (bytes.length != keyLength || zero(bytes, PUBLIC_SEED_LENGTH)) {
            throw new Malformed(refusal);
        }
        byte[] spki = Arrays.copyOf(spkiPrefix, spkiPrefix.length + keyLength);
        System.arraycopy(bytes, 0, spki, spkiPrefix.length, keyLength);
        try {
            return KeyFactory.getInstance(parameters.getName(), PROVIDER).generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("a key of the right length was refused", refused);
        }
    }

    /** The raw bytes of a key that the platform made. */
    byte[] bytes(PublicKey key) {
        byte[] spki = key.getEncoded();
        if (spki.length != spkiPrefix.length + keyLength
                || !Arrays.equals(spki, 0, spkiPrefix.length, spkiPrefix, 0, spkiPrefix.length)) {
            throw new IllegalStateException("not a key of " + parameters.getName());
        }
        return Arrays.copyOfRange(spki, spkiPrefix.length, spki.length);
    }

    KeyPair pair(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("an ML-DSA seed has 32 bytes");
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(parameters.getName(), PROVIDER);
            generator.initialize(parameters, new Given(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw absent(absent);
        }
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signer = Signature.getInstance(parameters.getName(), PROVIDER);
            signer.initSign(key, new Given(new byte[32]));
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a rebuilt key does not sign", impossible);
        }
    }

    boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != signatureLength) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(parameters.getName(), PROVIDER);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException absent) {
            throw absent(absent);
        }
    }

    private IllegalStateException absent(GeneralSecurityException cause) {
        return new IllegalStateException("Java 25 has " + parameters.getName(), cause);
    }

    private static boolean zero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Not a source of randomness: hands out the very bytes it was given, and refuses any other length. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        Given(byte[] bytes) {
            super(new Bytes(bytes), noProvider());
        }

        private static @Nullable Provider noProvider() {
            return null;
        }
    }

    private static final class Bytes extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        protected void engineSetSeed(byte[] ignored) {
            throw new IllegalStateException("takes no seed");
        }

        @Override
        protected void engineNextBytes(byte[] out) {
            if (out.length != bytes.length) {
                throw new IllegalStateException("asked for " + out.length + " bytes");
            }
            System.arraycopy(bytes, 0, out, 0, out.length);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            throw new IllegalStateException("gives no seed");
        }
    }
}
