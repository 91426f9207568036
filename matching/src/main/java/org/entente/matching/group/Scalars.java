package org.entente.matching.group;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/** Many scalars in one flat array; as secret as {@link Scalar}. */
public final class Scalars implements Destroyable {
    private static final int DRAWN_AT_ONCE = 256;

    private final int[] limbs;
    private boolean destroyed;

    Scalars(int[] limbs) {
        this.limbs = limbs;
    }

    /** Uniform scalars other than zero, each from 64 random bytes, which are drawn for many at once: a draw costs more than its bytes. */
    public static Scalars random(int count, SecureRandom random) {
        int[] limbs = new int[count * ScalarField.LIMBS];
        int[] zero = new int[ScalarField.LIMBS];
        byte[] wide = new byte[2 * Scalar.BYTES * Math.min(Math.max(count, 1), DRAWN_AT_ONCE)];
        int used = wide.length;
        int n = 0;
        while (n < count) {
            if (used == wide.length) {
                random.nextBytes(wide);
                used = 0;
            }
            ScalarField.reduceWide(limbs, n * ScalarField.LIMBS, wide, used);
            used += 2 * Scalar.BYTES;
            n += ScalarField.equalMask(limbs, n * ScalarField.LIMBS, zero, 0) + 1;
        }
        Arrays.fill(wide, (byte) 0);
        return new Scalars(limbs);
    }

    public static Scalars of(Scalar... scalars) {
        int[] limbs = new int[scalars.length * ScalarField.LIMBS];
        for (int n = 0; n < scalars.length; n++) {
            System.arraycopy(scalars[n].limbs(), 0, limbs, n * ScalarField.LIMBS, ScalarField.LIMBS);
        }
        return new Scalars(limbs);
    }

    /** Each run of 64 little-endian bytes modulo ℓ. */
    public static Scalars reduce(byte[] wide) {
        if (wide.length % (2 * Scalar.BYTES) != 0) {
            throw new IllegalArgumentException("not a multiple of 64 bytes: " + wide.length);
        }
        int count = wide.length / (2 * Scalar.BYTES);
        int[] limbs = new int[count * ScalarField.LIMBS];
        for (int n = 0; n < count; n++) {
            ScalarField.reduceWide(limbs, n * ScalarField.LIMBS, wide, n * 2 * Scalar.BYTES);
        }
        return new Scalars(limbs);
    }

    public int count() {
        return limbs.length / ScalarField.LIMBS;
    }

    public Scalar at(int position) {
        int start = position * ScalarField.LIMBS;
        return new Scalar(Arrays.copyOfRange(limbs(), start, start + ScalarField.LIMBS));
    }

    /**
     * All inverses for one inversion and three products each (Montgomery's trick). Products are Montgomery's a·b/R throughout: the powers of R cancel. A zero among
     * them is a caller's bug.
     */
    public Scalars invert() {
        int[] values = limbs();
        int count = count();
        int[] out = new int[values.length];
        int[] zero = new int[ScalarField.LIMBS];
        int[] product = Scalar.of(1).limbs();
        for (int n = 0; n < count; n++) {
            int at = n * ScalarField.LIMBS;
            if (ScalarField.equalMask(values, at, zero, 0) != 0) {
                throw new ArithmeticException("zero has no inverse");
            }
            System.arraycopy(product, 0, out, at, ScalarField.LIMBS);
            ScalarField.montgomery(product, 0, product, 0, values, at);
        }
        ScalarField.invert(product, 0, product, 0);
        for (int n = count - 1; n >= 0; n--) {
            int at = n * ScalarField.LIMBS;
            ScalarField.montgomery(out, at, out, at, product, 0);
            ScalarField.montgomery(product, 0, product, 0, values, at);
        }
        Arrays.fill(product, 0);
        return new Scalars(out);
    }

    int[] limbs() {
        if (destroyed) {
            throw new IllegalStateException("the scalars were destroyed");
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
    public String toString() {
        return "Scalars[redacted, " + count() + "]";
    }
}
