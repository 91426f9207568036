package org.entente.verification.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.entente.matching.group.Elements;
import org.entente.matching.group.Scalar;
import org.junit.jupiter.api.Test;

/** Once they are compiled, the kernels allocate nothing: a vector that became an object would show as kilobytes for each element. */
final class AllocationTest {
    private static final int COUNT = 2_048;
    private static final int BATCHES_MAX = 300;
    /** A result's own 160 bytes, its encoding twice, its halved doubles, and its share of the workspaces. */
    private static final long BYTES_MAX = 600;

    @Test
    void theKernelsAllocateNothing() throws Exception {
        byte[] uniform = new byte[64 * COUNT];
        new Random(41).nextBytes(uniform);
        byte[] encodings = Elements.hashToGroup(uniform).encode();
        Scalar scalar = Scalar.of(1).negate();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES_MAX && least > BYTES_MAX; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            encodings = Elements.decode(encodings).multiply(scalar).encode();
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / COUNT);
        }
        assertThat(least).isLessThanOrEqualTo(BYTES_MAX);
    }
}
