package org.entente.verification.bench.kernels;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The kernels on batches of {@value #BATCH} elements; an operation is one element. Which arithmetic computes is the virtual machine's: lanes where it was started with the module
 * {@code jdk.incubator.vector}, else one element at a time. Elements keep their encoding once they have it, so encoding is measured together with what made them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(Kernels.BATCH)
public class Kernels {
    /** As many as the index builder asks for at once. */
    static final int BATCH = 4_096;
    /** A process computes one by one until it has had this many elements. */
    private static final int CHANGE_OVER = 1 << 16;

    private final SecureRandom random = new SecureRandom();
    private final byte[] uniform = new byte[BATCH * Element.UNIFORM_BYTES];
    private final Scalar shared = Scalar.random(random);
    private final Scalars each = Scalars.random(BATCH, random);
    private final Elements elements;
    private final byte[] encodings;

    public Kernels() {
        random.nextBytes(uniform);
        for (int done = 0; done < CHANGE_OVER; done += BATCH) {
            Elements.hashToGroup(uniform);
        }
        elements = Elements.hashToGroup(uniform);
        encodings = elements.encode();
    }

    @Benchmark
    public Elements multiply() {
        return elements.multiply(shared);
    }

    @Benchmark
    public Elements multiplyEach() {
        return elements.multiplyEach(each);
    }

    @Benchmark
    public Elements decode() throws EncodingRefused {
        return Elements.decode(encodings);
    }

    /** Products are encoded as doubles, which share an inversion. */
    @Benchmark
    public byte[] multiplyAndEncode() {
        return elements.multiply(shared).encode();
    }

    @Benchmark
    public Elements hashToGroup() {
        return Elements.hashToGroup(uniform);
    }

    @Benchmark
    public byte[] hashToGroupAndEncode() {
        return Elements.hashToGroup(uniform).encode();
    }
}
