package org.entente.matching.group;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The shape of what the lanes work on: as many field elements at once as a vector has doubles. */
final class Lanes {
    static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, DOUBLES.vectorShape());

    /** Lanes, W: 8, 4 or 2. */
    static final int W = DOUBLES.length();
    /** Doubles of a slot, which holds one field element in each lane. */
    static final int SLOT = Field.LIMBS * W;

    private Lanes() {}

    /** Each value once for every lane. */
    static double[] rows(double... values) {
        double[] rows = new double[values.length * W];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = values[n / W];
        }
        return rows;
    }

    /** Each value once for every lane. */
    static long[] rows(long... values) {
        long[] rows = new long[values.length * W];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = values[n / W];
        }
        return rows;
    }
}
