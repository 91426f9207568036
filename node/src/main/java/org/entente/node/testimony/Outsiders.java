package org.entente.node.testimony;

import java.util.Optional;
import org.entente.evidence.witness.TrustPolicy;

/**
 * Whom a node asks, beside its partners, to vouch for its logs.
 *
 * @param timeAuthority stamps the heads of the logs, if there is one
 * @param witnesses cosign them, if there are any
 */
public record Outsiders(Optional<TimeAuthority> timeAuthority, Optional<Witnesses> witnesses) implements AutoCloseable {
    /** Nobody. */
    public static Outsiders none() {
        return new Outsiders(Optional.empty(), Optional.empty());
    }

    /** When a checkpoint is final, if anything beside the partner's cosignature is asked. */
    public Optional<TrustPolicy> policy() {
        return witnesses.map(Witnesses::policy);
    }

    @Override
    public void close() {
        timeAuthority.ifPresent(TimeAuthority::close);
        witnesses.ifPresent(Witnesses::close);
    }
}
