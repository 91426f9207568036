package org.entente.verification.bench;

import java.util.Collection;
import java.util.List;
import org.entente.verification.bench.kernels.Kernels;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code bench kernels}: the batch operations of the group by JMH, each in a virtual machine of its own, by lanes and one element at a time, and what each allocates for an
 * element by JMH's profiler of the collector ({@code gc.alloc.rate.norm}).
 */
final class KernelBenchmark implements Benchmark {
    private static final String LANES = "lanes";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final List<String> PLAIN_FLAGS = List.of("--sun-misc-unsafe-memory-access=allow", "-XX:+UseG1GC");
    private static final List<String> LANE_FLAGS =
            List.of("--sun-misc-unsafe-memory-access=allow", "-XX:+UseG1GC", "--add-modules=jdk.incubator.vector");
    private static final Timing FULL = new Timing(5, 2_000, 7, 1_000);
    private static final Timing QUICK = new Timing(5, 500, 3, 300);
    /** What a call's own workspace may come to for each element of a batch; a vector that became an object takes kilobytes. */
    private static final Bar.Goal ALLOCATION_GOAL = new Bar.Goal(64, "B", Bar.Better.LOWER);

    private static final String ALLOCATION_BAR = "kernel-allocation";

    /** An operation, and the bytes of its result and of what the result keeps, for each element. */
    private record Kernel(String method, int resultBytes) {}

    /** Iterations and their milliseconds, to warm up and to measure. */
    private record Timing(int warmUps, int warmUpMillis, int iterations, int iterationMillis) {}

    private static final List<Kernel> KERNELS = List.of(
            new Kernel("multiply", 160),
            new Kernel("multiplyEach", 160 + 32),
            new Kernel("multiplyAndEncode", 160 + 2 * 32),
            new Kernel("decode", 160 + 32),
            new Kernel("hashToGroup", 160),
            new Kernel("hashToGroupAndEncode", 160 + 2 * 32));

    private final SeriesBook book = new SeriesBook();

    @Override
    public String name() {
        return "kernels";
    }

    @Override
    public String about() {
        return "the group's batch operations by JMH, by lanes and one element at a time, with their allocation";
    }

    @Override
    public Measured measure(Extent extent, Progress progress) throws BenchmarkFailed {
        double most = 0;
        for (Kernel kernel : KERNELS) {
            progress.at(kernel.method() + ", lanes");
            run(kernel, LANES, extent.quick() ? QUICK : FULL);
            double allocated = book.of(kernel.method() + ", " + LANES + ", " + ALLOCATED, "B")
                    .median();
            most = Math.max(most, allocated - kernel.resultBytes());
        }
        if (extent.quick()) {
            progress.at("one element at a time is left out: --quick");
        } else {
            for (Kernel kernel : KERNELS) {
                progress.at(kernel.method() + ", plain");
                run(kernel, "plain", FULL);
            }
        }
        return new Measured(book.all(), List.of(Bar.measured(ALLOCATION_BAR, most, ALLOCATION_GOAL, false)));
    }

    private void run(Kernel kernel, String arithmetic, Timing timing) throws BenchmarkFailed {
        Collection<RunResult> results;
        try {
            results = new Runner(new OptionsBuilder()
                            .include("^" + Kernels.class.getName() + "\\." + kernel.method() + "$")
                            .forks(1)
                            .jvmArgs((arithmetic.equals(LANES) ? LANE_FLAGS : PLAIN_FLAGS).toArray(String[]::new))
                            .warmupIterations(timing.warmUps())
                            .warmupTime(TimeValue.milliseconds(timing.warmUpMillis()))
                            .measurementIterations(timing.iterations())
                            .measurementTime(TimeValue.milliseconds(timing.iterationMillis()))
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
        } catch (RunnerException refused) {
            throw new BenchmarkFailed("JMH could not measure " + kernel.method() + ": " + refused.getMessage());
        }
        String name = kernel.method() + ", " + arithmetic;
        for (RunResult result : results) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                fork.getIterationResults().forEach(iteration -> read(name, iteration));
            }
        }
    }

    private void read(String name, IterationResult iteration) {
        book.of(name, "/s").add(iteration.getPrimaryResult().getScore());
        for (Result<?> second : iteration.getSecondaryResults().values()) {
            if (second.getLabel().endsWith(ALLOCATED)) {
                book.of(name + ", " + ALLOCATED, "B").add(second.getScore());
            }
        }
    }
}
