package org.entente.matching.group;

/**
 * What {@link Elements} needs done to many points at once. Points are twenty longs each as {@link Edwards} lays them out, reduced; encodings 32 bytes, uniform bytes
 * 64, scalars eight ints each, all one after another. Both implementations give the same encodings, bit by bit; the coordinates may differ.
 */
sealed interface BatchArithmetic permits PlainArithmetic, LaneArithmetic {

    /** Section 4.3.1 of RFC 9496. Returns the number of the first encoding that is refused, or -1. */
    int decode(long[] points, byte[] encodings);

    void encode(byte[] encodings, long[] points);

    /** The encodings of 2·point. */
    void encodeDoubles(byte[] encodings, long[] points);

    /** Section 4.3.4 of RFC 9496. */
    void hashToGroup(long[] points, byte[] uniform);

    /** Every point times one secret scalar. */
    void multiply(long[] out, long[] points, int[] scalar);

    /** Every point times the secret scalar of its number. */
    void multiplyEach(long[] out, long[] points, int[] scalars);

    /** One point, Σ weight·point; weights and points are public. */
    void sumOfProductsVarTime(long[] out, long[] points, int[] weights);

    /** Elements that are worked on at once. */
    int lanes();
}
