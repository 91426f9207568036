package org.entente.matching.group;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch of group elements: the boundary at which arithmetic is made fast. Encodings go in and come out as flat byte arrays, 32 bytes
 * for each element; inside, the points lie in one array. No operation makes an object per element.
 *
 * <p>Immutable. Operations on secret scalars are in constant time for each element; their time shows only the count.
 */
public final class Elements {
    private final long[] points;
    /** Whether the elements are the doubles of the points: products are left so, because doubles are encoded for a fifth of the price. */
    private final boolean halves;

    private volatile long @Nullable [] doubles;
    /** Filled by decoding or by the first encoding: the protocol hashes every encoding that it sends. */
    private volatile byte @Nullable [] encodings;

    private Elements(long[] points) {
        this(points, false);
    }

    private Elements(long[] points, boolean halves) {
        this.points = points;
        this.halves = halves;
    }

    public static Elements of(Element... elements) {
        long[] points = new long[elements.length * Edwards.POINT];
        for (int n = 0; n < elements.length; n++) {
            elements[n].copyPointTo(points, n * Edwards.POINT);
        }
        return new Elements(points);
    }

    /**
     * Reads encodings of 32 bytes each; the identity is an element like any other here.
     *
     * @throws EncodingRefused with the position of the first that is not canonical
     */
    public static Elements decode(byte[] encodings) throws EncodingRefused {
        if (encodings.length % Element.BYTES != 0 || encodings.length == 0) {
            throw new EncodingRefused(EncodingRefused.Reason.WRONG_LENGTH, encodings.length / Element.BYTES);
        }
        int count = encodings.length / Element.BYTES;
        long[] points = new long[count * Edwards.POINT];
        int refused = Machine.arithmetic(count).decode(points, encodings);
        if (refused >= 0) {
            throw new EncodingRefused(EncodingRefused.Reason.ELEMENT_NOT_CANONICAL, refused);
        }
        Elements elements = new Elements(points);
        elements.encodings = encodings.clone();
        return elements;
    }

    /** Like {@link #decode}, and refuses the identity, as {@code DeserializeElement} of RFC 9497 section 2.1 does. */
    public static Elements decodeRefusingIdentity(byte[] encodings) throws EncodingRefused {
        int identity = firstIdentity(encodings);
        if (identity >= 0) {
            throw new EncodingRefused(EncodingRefused.Reason.IDENTITY, identity);
        }
        return decode(encodings);
    }

    /** The position of the first encoding of the identity, 32 zeroes; -1 if there is none. */
    private static int firstIdentity(byte[] encodings) {
        int first = -1;
        for (int n = encodings.length / Element.BYTES - 1; n >= 0; n--) {
            int any = 0;
            for (int k = n * Element.BYTES; k < (n + 1) * Element.BYTES; k++) {
                any |= encodings[k];
            }
            first = any == 0 ? n : first;
        }
        return first;
    }

    /** The one-way map of RFC 9496 section 4.3.4 on each run of 64 uniform bytes. */
    public static Elements hashToGroup(byte[] uniform) {
        if (uniform.length % Element.UNIFORM_BYTES != 0) {
            throw new IllegalArgumentException("not a multiple of 64 bytes: " + uniform.length);
        }
        int count = uniform.length / Element.UNIFORM_BYTES;
        long[] points = new long[count * Edwards.POINT];
        Machine.arithmetic(count).hashToGroup(points, uniform);
        return new Elements(points);
    }

    public int count() {
        return points.length / Edwards.POINT;
    }

    public Element at(int position) {
        int start = position * Edwards.POINT;
        return new Element(Arrays.copyOfRange(points(), start, start + Edwards.POINT));
    }

    /** The encodings one after another, 32 bytes each. */
    public byte[] encode() {
        byte[] bytes = encodings;
        if (bytes == null) {
            bytes = new byte[count() * Element.BYTES];
            if (halves) {
                Machine.arithmetic(count()).encodeDoubles(bytes, points);
            } else {
                Machine.arithmetic(count()).encode(bytes, points);
            }
            encodings = bytes;
        }
        return bytes.clone();
    }

    /** Every element times one secret scalar. */
    public Elements multiply(Scalar shared) {
        int[] half = new int[ScalarField.LIMBS];
        ScalarField.halve(half, 0, shared.limbs(), 0);
        long[] out = new long[points.length];
        Machine.arithmetic(count()).multiply(out, points(), half);
        Arrays.fill(half, 0);
        return new Elements(out, true);
    }

    /** Each element times the secret scalar at its position. */
    public Elements multiplyEach(Scalars scalars) {
        requireSameCount(scalars);
        int[] each = new int[scalars.limbs().length];
        for (int n = 0; n < each.length; n += ScalarField.LIMBS) {
            ScalarField.halve(each, n, scalars.limbs(), n);
        }
        long[] out = new long[points.length];
        Machine.arithmetic(count()).multiplyEach(out, points(), each);
        Arrays.fill(each, 0);
        return new Elements(out, true);
    }

    /** Σ weight·element, for public weights and elements only. */
    public Element sumOfProductsVarTime(Scalars weights) {
        requireSameCount(weights);
        long[] out = new long[Edwards.POINT];
        Machine.arithmetic(count()).sumOfProductsVarTime(out, points, weights.limbs());
        return new Element(halves ? Edwards.doubles(out) : out);
    }

    /** Whether one of them is the identity. */
    public boolean containsIdentity() {
        // Products are encoded sooner or later.
        return halves ? firstIdentity(encode()) >= 0 : containsIdentityPoint();
    }

    private boolean containsIdentityPoint() {
        // Section 4.3.3 against the identity (0, 1): X = 0 or Y = 0.
        long[] scratch = new long[Field.LIMBS];
        long found = 0;
        for (int at = 0; at < points.length; at += Edwards.POINT) {
            found |= Field.zeroMask(points, at, scratch, 0) | Field.zeroMask(points, at + Field.LIMBS, scratch, 0);
        }
        return found != 0;
    }

    /** Representatives of the elements themselves. */
    private long[] points() {
        if (!halves) {
            return points;
        }
        long[] all = doubles;
        if (all == null) {
            all = Edwards.doubles(points);
            doubles = all;
        }
        return all;
    }

    private void requireSameCount(Scalars scalars) {
        if (scalars.count() != count()) {
            throw new IllegalArgumentException(count() + " elements, " + scalars.count() + " scalars");
        }
    }

    @Override
    public String toString() {
        return "Elements[" + count() + "]";
    }
}
