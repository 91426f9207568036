package org.entente.matching.group;

/**
 * Which arithmetic this machine gets, decided once: lanes where the module {@code jdk.incubator.vector} is resolved ({@code --add-modules
 * jdk.incubator.vector}) and the processor has vectors of at least four doubles, else one by one. The module is optional: nothing but speed depends on it.
 *
 * <p>A single element is done one by one also where there are lanes: a group of lanes costs as much as one and a half elements.
 */
final class Machine {
    private static final int LANES_MIN = 4;
    private static final int BATCH_MIN = 2;
    private static final BatchArithmetic PLAIN = new PlainArithmetic();
    private static final BatchArithmetic BATCHES = batches();

    private Machine() {}

    /** For so many elements at once. */
    static BatchArithmetic arithmetic(int count) {
        return count < BATCH_MIN ? PLAIN : BATCHES;
    }

    private static BatchArithmetic batches() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return PLAIN;
        }
        BatchArithmetic lanes = new LaneArithmetic();
        return lanes.lanes() < LANES_MIN ? PLAIN : lanes;
    }
}
