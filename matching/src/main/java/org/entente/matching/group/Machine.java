package org.entente.matching.group;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which arithmetic a batch gets: lanes where the module {@code jdk.incubator.vector} is resolved ({@code --add-modules
 * jdk.incubator.vector}) and the processor has vectors of at least four doubles, else one by one. The module is optional: nothing but speed depends on
 * it. A single element is always done one by one: a group of lanes costs as much as one and a half elements.
 *
 * <p>The virtual machine takes two to three seconds of processor time until its second compiler has made the kernels, and is a hundred times slower meanwhile; that is as long as
 * forty thousand elements take one by one. So a process works one by one until it has done about as much that way, and changes over then: whatever it does
 * later, it has at most doubled its cost, and one that asks a few questions and ends never pays. A batch of that size changes over at once. A
 * virtual machine without its second compiler must not be given the module.
 */
final class Machine {
    private static final int LANES_MIN = 4;
    private static final int BATCH_MIN = 2;
    /** Elements in all operations together; one identifier takes about four. */
    private static final long CHANGE_OVER = 1 << 16;

    private static final BatchArithmetic PLAIN = new PlainArithmetic();
    private static final BatchArithmetic BATCHES = batches();
    private static final AtomicLong DONE = new AtomicLong();

    private Machine() {}

    /** For so many elements at once. */
    static BatchArithmetic arithmetic(int count) {
        return count < BATCH_MIN || DONE.addAndGet(count) < CHANGE_OVER ? PLAIN : BATCHES;
    }

    private static BatchArithmetic batches() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return PLAIN;
        }
        BatchArithmetic lanes = new LaneArithmetic();
        return lanes.lanes() < LANES_MIN ? PLAIN : lanes;
    }
}
