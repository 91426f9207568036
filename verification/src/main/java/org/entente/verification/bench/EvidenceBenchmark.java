package org.entente.verification.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code bench evidence}: signatures, durable appends, large logs, and the verification of a bundle. */
final class EvidenceBenchmark implements Benchmark {
    private final Parts parts =
            new Parts(List.of(new SignatureRates(), new DurableAppends(), new LargeLogs(), new BundleTimes()));

    @Override
    public String name() {
        return "evidence";
    }

    @Override
    public String about() {
        return "signatures by provider, durable appends by producers, logs of a million and more entries, bundles";
    }

    @Override
    public Set<String> parts() {
        return parts.names();
    }

    @Override
    public Measured measure(Extent extent, Progress progress) throws IOException, InterruptedException {
        return parts.measure(extent, progress);
    }
}
