package org.entente.matching.group;

/** One point after the other, on any machine. */
final class PlainArithmetic implements BatchArithmetic {

    @Override
    public int decode(long[] points, byte[] encodings) {
        long[] scratch = new long[Ristretto.SCRATCH];
        for (int n = 0; n < points.length / Edwards.POINT; n++) {
            if (Ristretto.decode(points, n * Edwards.POINT, encodings, n * Element.BYTES, scratch) == 0) {
                return n;
            }
        }
        return -1;
    }

    @Override
    public void encode(byte[] encodings, long[] points) {
        long[] scratch = new long[Ristretto.SCRATCH];
        for (int n = 0; n < points.length / Edwards.POINT; n++) {
            Ristretto.encode(encodings, n * Element.BYTES, points, n * Edwards.POINT, scratch);
        }
    }

    @Override
    public void encodeDoubles(byte[] encodings, long[] points) {
        encode(encodings, Edwards.doubles(points));
    }

    @Override
    public void hashToGroup(long[] points, byte[] uniform) {
        long[] other = new long[Edwards.POINT];
        long[] cached = new long[Edwards.POINT];
        long[] scratch = new long[Ristretto.SCRATCH];
        for (int n = 0; n < points.length / Edwards.POINT; n++) {
            int at = n * Element.UNIFORM_BYTES;
            Ristretto.map(points, n * Edwards.POINT, uniform, at, scratch);
            Ristretto.map(other, 0, uniform, at + Element.UNIFORM_BYTES / 2, scratch);
            Edwards.cache(cached, 0, other, 0);
            Edwards.add(points, n * Edwards.POINT, cached, 0, scratch, true);
        }
    }

    @Override
    public void multiply(long[] out, long[] points, int[] scalar) {
        Multiplication work = new Multiplication();
        work.scalar(scalar, 0);
        for (int at = 0; at < points.length; at += Edwards.POINT) {
            work.multiply(out, at, points, at);
        }
        work.forget();
    }

    @Override
    public void multiplyEach(long[] out, long[] points, int[] scalars) {
        Multiplication work = new Multiplication();
        for (int n = 0; n < points.length / Edwards.POINT; n++) {
            work.scalar(scalars, n * ScalarField.LIMBS);
            work.multiply(out, n * Edwards.POINT, points, n * Edwards.POINT);
        }
        work.forget();
    }

    @Override
    public void sumOfProductsVarTime(long[] out, long[] points, int[] weights) {
        BucketSum.sumOfProductsVarTime(out, points, weights);
    }

    @Override
    public int lanes() {
        return 1;
    }
}
