package org.entente.verification.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of work takes of the thread that does it. */
final class Stopwatch {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Stopwatch() {}

    /** The thread's own processor time, and what it allocates. */
    record Taken(long processorNanos, long allocatedBytes) {}

    static Taken of(Runnable work) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long begun = THREADS.getCurrentThreadCpuTime();
        work.run();
        long nanos = THREADS.getCurrentThreadCpuTime() - begun;
        return new Taken(nanos, THREADS.getCurrentThreadAllocatedBytes() - allocated);
    }
}
