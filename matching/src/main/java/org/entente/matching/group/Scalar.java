package org.entente.matching.group;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * An integer modulo ℓ, the order of the group. Treated as a secret: prints as [redacted], compares in constant time, and can be
 * destroyed; a destroyed scalar refuses every use.
 */
public final class Scalar implements Destroyable {
    /** Length of an encoding in bytes. */
    public static final int BYTES = 32;

    private final int[] limbs;
    private boolean destroyed;

    Scalar(int[] limbs) {
        this.limbs = limbs;
    }

    /**
     * Reads 32 little-endian bytes.
     *
     * @throws EncodingRefused when there are not 32 bytes, or their value is ℓ or more
     */
    public static Scalar decode(byte[] bytes) throws EncodingRefused {
        if (bytes.length != BYTES) {
            throw new EncodingRefused(EncodingRefused.Reason.WRONG_LENGTH, 0);
        }
        int[] limbs = new int[ScalarField.LIMBS];
        ScalarField.load(limbs, 0, bytes, 0);
        if (ScalarField.canonicalMask(limbs, 0) == 0) {
            throw new EncodingRefused(EncodingRefused.Reason.SCALAR_NOT_CANONICAL, 0);
        }
        return new Scalar(limbs);
    }

    /** 64 little-endian bytes modulo ℓ: uniform when the bytes are. */
    public static Scalar reduce(byte[] wide) {
        if (wide.length != 2 * BYTES) {
            throw new IllegalArgumentException("64 bytes are reduced, not " + wide.length);
        }
        int[] limbs = new int[ScalarField.LIMBS];
        ScalarField.reduceWide(limbs, 0, wide, 0);
        return new Scalar(limbs);
    }

    /** A uniform scalar other than zero. */
    public static Scalar random(SecureRandom random) {
        return Scalars.random(1, random).at(0);
    }

    /** A small public number as a scalar. */
    public static Scalar of(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("a scalar is not negative");
        }
        int[] limbs = new int[ScalarField.LIMBS];
        limbs[0] = value;
        return new Scalar(limbs);
    }

    public Scalar add(Scalar other) {
        int[] out = new int[ScalarField.LIMBS];
        ScalarField.add(out, 0, limbs(), 0, other.limbs(), 0);
        return new Scalar(out);
    }

    public Scalar subtract(Scalar other) {
        return add(other.negate());
    }

    public Scalar negate() {
        int[] out = new int[ScalarField.LIMBS];
        ScalarField.negate(out, 0, limbs(), 0);
        return new Scalar(out);
    }

    public Scalar multiply(Scalar other) {
        int[] out = new int[ScalarField.LIMBS];
        ScalarField.multiply(out, 0, limbs(), 0, other.limbs(), 0);
        return new Scalar(out);
    }

    /** 1/this modulo ℓ. Zero has no inverse: a caller's bug. */
    public Scalar invert() {
        if (isZero()) {
            throw new ArithmeticException("zero has no inverse");
        }
        int[] out = new int[ScalarField.LIMBS];
        ScalarField.invert(out, 0, limbs(), 0);
        return new Scalar(out);
    }

    public boolean isZero() {
        return ScalarField.equalMask(limbs(), 0, new int[ScalarField.LIMBS], 0) != 0;
    }

    /** The 32 little-endian bytes; whoever asks for them answers for what becomes of them. */
    public byte[] encode() {
        byte[] bytes = new byte[BYTES];
        ScalarField.store(bytes, 0, limbs(), 0);
        return bytes;
    }

    int[] limbs() {
        if (destroyed) {
            throw new IllegalStateException("the scalar was destroyed");
        }
        return limbs;
    }

    @Override
    public void destroy() {
        Arrays.fill(limbs, 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scalar that && ScalarField.equalMask(limbs(), 0, that.limbs(), 0) != 0;
    }

    /** One value for all: a hash of a secret would leak through the shape of a table. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "Scalar[redacted]";
    }
}
