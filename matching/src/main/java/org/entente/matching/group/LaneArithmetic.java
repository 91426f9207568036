package org.entente.matching.group;

/** As many points at once as the machine has lanes. Needs the module {@code jdk.incubator.vector}: {@link Machine} asks before it makes one. */
final class LaneArithmetic implements BatchArithmetic {
    /** Shorter sums are quicker one by one. */
    private static final int SUM_MIN = 16;

    @Override
    public int decode(long[] points, byte[] encodings) {
        LaneRistretto work = new LaneRistretto();
        for (int first = 0; first < points.length / Edwards.POINT; first += LaneRistretto.PAIR) {
            int refused = work.decode(points, encodings, first);
            if (refused != 0) {
                // Lanes without an element repeat the last one, so the first that is refused is always an element.
                return first + Integer.numberOfTrailingZeros(refused);
            }
        }
        return -1;
    }

    @Override
    public void encode(byte[] encodings, long[] points) {
        LaneRistretto work = new LaneRistretto();
        for (int first = 0; first < points.length / Edwards.POINT; first += LaneRistretto.PAIR) {
            work.encode(encodings, points, first);
        }
    }

    @Override
    public void encodeDoubles(byte[] encodings, long[] points) {
        LaneDoubleEncoding work = new LaneDoubleEncoding();
        for (int first = 0; first < points.length / Edwards.POINT; first += LaneDoubleEncoding.CHUNK) {
            work.encode(encodings, points, first);
        }
    }

    @Override
    public void hashToGroup(long[] points, byte[] uniform) {
        LaneRistretto work = new LaneRistretto();
        for (int first = 0; first < points.length / Edwards.POINT; first += LaneField.W) {
            work.hashToGroup(points, uniform, first);
        }
    }

    @Override
    public void multiply(long[] out, long[] points, int[] scalar) {
        LaneMultiplication work = new LaneMultiplication();
        work.scalar(scalar);
        for (int first = 0; first < points.length / Edwards.POINT; first += LaneMultiplication.PAIR) {
            work.multiply(out, points, first);
        }
        work.forget();
    }

    @Override
    public void multiplyEach(long[] out, long[] points, int[] scalars) {
        LaneMultiplication work = new LaneMultiplication();
        int count = points.length / Edwards.POINT;
        for (int first = 0; first < count; first += LaneMultiplication.PAIR) {
            for (int lane = 0; lane < LaneMultiplication.PAIR; lane++) {
                work.scalar(lane, scalars, Math.min(first + lane, count - 1) * ScalarField.LIMBS);
            }
            work.multiply(out, points, first);
        }
        work.forget();
    }

    @Override
    public void sumOfProductsVarTime(long[] out, long[] points, int[] weights) {
        if (points.length / Edwards.POINT < SUM_MIN) {
            BucketSum.sumOfProductsVarTime(out, points, weights);
        } else {
            LaneBucketSum.sumOfProductsVarTime(out, points, weights);
        }
    }

    @Override
    public int lanes() {
        return LaneField.W;
    }
}
