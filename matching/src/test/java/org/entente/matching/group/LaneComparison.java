package org.entente.matching.group;

import java.math.BigInteger;
import java.util.Arrays;
import org.entente.matching.SeededRandom;

/** Runs the same work through lanes and through plain arithmetic and compares every byte; a program of its own for other widths of vectors. */
final class LaneComparison {
    private static final BatchArithmetic PLAIN = new PlainArithmetic();
    private static final BatchArithmetic LANES = new LaneArithmetic();

    private final SeededRandom random;

    LaneComparison(long seed) {
        this.random = new SeededRandom(seed);
    }

    /** Arguments: the lanes that are expected, and how many elements. */
    public static void main(String[] arguments) {
        int lanes = Integer.parseInt(arguments[0]);
        if (LANES.lanes() != lanes) {
            throw new IllegalStateException(LANES.lanes() + " lanes, not " + lanes);
        }
        new LaneComparison(lanes).compare(Integer.parseInt(arguments[1]));
        System.out.println("the same with " + lanes);
    }

    /** One batch through every operation. */
    void compare(int count) {
        byte[] uniform = random.bytes(64 * count);
        edges(uniform);
        long[] plain = new long[count * Edwards.POINT];
        long[] lanes = new long[count * Edwards.POINT];
        PLAIN.hashToGroup(plain, uniform);
        LANES.hashToGroup(lanes, uniform);
        requireBounds(lanes);
        byte[] hashed = require("hash to group", plain, lanes);
        Arrays.fill(lanes, 0);
        if (LANES.decode(lanes, hashed) != -1) {
            throw new IllegalStateException("an encoding was refused, " + random);
        }
        requireBounds(lanes);
        require("decode", plain, lanes);
        torsion(plain);

        byte[] doubles = new byte[hashed.length];
        byte[] laneDoubles = new byte[hashed.length];
        PLAIN.encodeDoubles(doubles, plain);
        LANES.encodeDoubles(laneDoubles, plain);
        if (!Arrays.equals(doubles, laneDoubles)) {
            throw new IllegalStateException("the encoding of a double differs, " + random);
        }

        int[] scalars = scalars(count);
        long[] out = new long[plain.length];
        PLAIN.multiplyEach(out, plain, scalars);
        LANES.multiplyEach(lanes, plain, scalars);
        requireBounds(lanes);
        require("multiply each", out, lanes);
        int[] shared = Arrays.copyOfRange(scalars, scalars.length - ScalarField.LIMBS, scalars.length);
        PLAIN.multiply(out, plain, shared);
        LANES.multiply(lanes, plain, shared);
        requireBounds(lanes);
        require("multiply", out, lanes);

        long[] sum = new long[Edwards.POINT];
        long[] laneSum = new long[Edwards.POINT];
        PLAIN.sumOfProductsVarTime(sum, plain, scalars);
        LANES.sumOfProductsVarTime(laneSum, plain, scalars);
        require("sum of products", sum, laneSum);
        refusals(hashed);
    }

    /** Field elements 0, 1, p - 1, p, p + 1, 2^255 - 1 and all ones among the uniform bytes. */
    private void edges(byte[] uniform) {
        BigInteger p = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        BigInteger[] values = {
            BigInteger.ZERO,
            BigInteger.ONE,
            p.subtract(BigInteger.ONE),
            p,
            p.add(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)
        };
        int halves = uniform.length / 32;
        for (int n = 0; n < Math.min(values.length, halves); n++) {
            System.arraycopy(littleEndian(values[n]), 0, uniform, random.nextInt(halves) * 32, 32);
        }
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] bytes = new byte[32];
        for (int n = 0; n < 32; n++) {
            bytes[n] = value.shiftRight(8 * n).byteValue();
        }
        return bytes;
    }

    /** Scalars with 0, 1, ℓ - 1 and small ones among them. */
    private int[] scalars(int count) {
        int[] limbs = Scalars.random(count, random).limbs().clone();
        Scalar[] edges = {
            Scalar.of(0),
            Scalar.of(1),
            Scalar.of(8),
            Scalar.of(0x88888888 >>> 1),
            Scalar.of(1).negate()
        };
        for (int n = 0; n < Math.min(edges.length, count - 1); n++) {
            System.arraycopy(edges[n].limbs(), 0, limbs, n * ScalarField.LIMBS, ScalarField.LIMBS);
        }
        return limbs;
    }

    /** Every third representative is moved by the point of order 2 or of order 4, every tenth is the identity. */
    private void torsion(long[] points) {
        BigInteger p = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        BigInteger root = BigInteger.TWO.modPow(p.subtract(BigInteger.ONE).shiftRight(2), p);
        long[] moved = new long[Edwards.POINT];
        long[] cached = new long[Edwards.POINT];
        for (int n = 0; n < points.length / Edwards.POINT; n++) {
            if (n % 10 == 9) {
                Edwards.identity(points, n * Edwards.POINT);
            }
            if (n % 3 == 0) {
                Field.load(moved, 0, littleEndian(n % 2 == 0 ? BigInteger.ZERO : root), 0);
                Field.load(moved, 5, littleEndian(n % 2 == 0 ? p.subtract(BigInteger.ONE) : BigInteger.ZERO), 0);
                moved[10] = 1;
                Edwards.cache(cached, 0, moved, 0);
                Edwards.add(points, n * Edwards.POINT, cached, 0, new long[Edwards.SCRATCH], true);
            }
        }
    }

    private void requireBounds(long[] lanes) {
        for (long limb : lanes) {
            if (Math.abs(limb) > (1L << 50) + (1L << 11)) {
                throw new IllegalStateException("a limb beyond its bound, " + random);
            }
        }
    }

    private byte[] require(String what, long[] plain, long[] lanes) {
        byte[] expected = new byte[plain.length / Edwards.POINT * Element.BYTES];
        byte[] actual = new byte[expected.length];
        byte[] crossed = new byte[expected.length];
        PLAIN.encode(expected, plain);
        LANES.encode(actual, lanes);
        PLAIN.encode(crossed, lanes);
        int at = Arrays.mismatch(expected, actual);
        int crossedAt = Arrays.mismatch(expected, crossed);
        if (at >= 0 || crossedAt >= 0) {
            throw new IllegalStateException(
                    what + ": element " + Math.max(at, crossedAt) / Element.BYTES + " differs, " + random);
        }
        return actual;
    }

    /** Both refuse the same first encoding, wherever it is and whatever is wrong with it. */
    private void refusals(byte[] good) {
        int count = good.length / Element.BYTES;
        for (int round = 0; round < 24; round++) {
            byte[] bytes = good.clone();
            for (int n = 0; n < 3; n++) {
                byte[] bad = random.bytes(Element.BYTES);
                if (round % 3 == 0) {
                    bad = littleEndian(BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19 - round)));
                } else if (round % 3 == 1) {
                    bad[31] &= 0x7f;
                    bad[0] &= (byte) 0xfe;
                }
                System.arraycopy(bad, 0, bytes, random.nextInt(count) * Element.BYTES, Element.BYTES);
            }
            long[] points = new long[count * Edwards.POINT];
            int expected = PLAIN.decode(points, bytes);
            int actual = LANES.decode(points, bytes);
            if (expected != actual) {
                throw new IllegalStateException(
                        "refused " + actual + ", not " + expected + ", " + random + " round " + round);
            }
        }
    }
}
