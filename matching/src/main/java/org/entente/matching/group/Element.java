package org.entente.matching.group;

import java.util.HexFormat;

/**
 * An element of ristretto255. There is no constructor: an element is decoded, hashed to, or computed, so an invalid one cannot exist.
 * Operations are in constant time unless their name ends in {@code VarTime}.
 */
public final class Element {
    /** Length of an encoding in bytes. */
    public static final int BYTES = 32;
    /** Uniform bytes that {@link #hashToGroup} takes. */
    public static final int UNIFORM_BYTES = 64;

    private final long[] point;

    Element(long[] point) {
        this.point = point;
    }

    /** Reads the one encoding of an element, the identity included (RFC 9496 section 4.3.1). */
    public static Element decode(byte[] bytes) throws EncodingRefused {
        return Elements.decode(bytes).at(0);
    }

    /** The one-way map of RFC 9496 section 4.3.4 on 64 uniform bytes. */
    public static Element hashToGroup(byte[] uniform) {
        return Elements.hashToGroup(uniform).at(0);
    }

    public static Element identity() {
        long[] point = new long[Edwards.POINT];
        Edwards.identity(point, 0);
        return new Element(point);
    }

    public static Element generator() {
        return Generator.ELEMENT;
    }

    /** scalar · generator, from a fixed table. */
    public static Element multiplyGenerator(Scalar scalar) {
        Multiplication work = new Multiplication();
        work.scalar(scalar.limbs(), 0);
        long[] out = new long[Edwards.POINT];
        work.multiplyGenerator(out, 0);
        work.forget();
        return new Element(out);
    }

    public byte[] encode() {
        byte[] bytes = new byte[BYTES];
        Ristretto.encode(bytes, 0, point, 0, new long[Ristretto.SCRATCH]);
        return bytes;
    }

    public Element add(Element other) {
        long[] cached = new long[Edwards.POINT];
        Edwards.cache(cached, 0, other.point, 0);
        long[] out = copyOfPoint();
        Edwards.add(out, 0, cached, 0, new long[Edwards.SCRATCH], true);
        return new Element(out);
    }

    public Element subtract(Element other) {
        return add(other.negate());
    }

    public Element negate() {
        long[] out = new long[Edwards.POINT];
        Edwards.negate(out, 0, point, 0);
        return new Element(out);
    }

    public Element multiply(Scalar scalar) {
        Multiplication work = new Multiplication();
        work.scalar(scalar.limbs(), 0);
        long[] out = new long[Edwards.POINT];
        work.multiply(out, 0, point, 0);
        work.forget();
        return new Element(out);
    }

    /** first·this + second·other, for public scalars only. */
    public Element sumOfProductsVarTime(Scalar first, Element other, Scalar second) {
        return Elements.of(this, other).sumOfProductsVarTime(Scalars.of(first, second));
    }

    public boolean isIdentity() {
        return equals(identity());
    }

    long[] copyOfPoint() {
        return point.clone();
    }

    void copyPointTo(long[] out, int offset) {
        Edwards.copy(out, offset, point, 0);
    }

    /** Equality of elements, not of representations, in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Element that
                && Ristretto.equalMask(point, 0, that.point, 0, new long[Ristretto.SCRATCH]) != 0;
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "Element[" + HexFormat.of().formatHex(encode()) + "]";
    }

    private static final class Generator {
        /** RFC 9496 appendix A.1. */
        private static final String ENCODING = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

        private static final Element ELEMENT = decoded();

        private Generator() {}

        private static Element decoded() {
            try {
                return decode(HexFormat.of().parseHex(ENCODING));
            } catch (EncodingRefused e) {
                throw new IllegalStateException("the generator does not decode", e);
            }
        }
    }
}
