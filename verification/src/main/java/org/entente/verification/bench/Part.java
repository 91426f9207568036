package org.entente.verification.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What of a capability can be measured without the rest. */
interface Part {
    /** The words after {@code --only} that want it. */
    Set<String> names();

    Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) throws IOException, InterruptedException;

    /** Its bars, when it is not measured. */
    List<Bar> unmeasured(String reason);
}
