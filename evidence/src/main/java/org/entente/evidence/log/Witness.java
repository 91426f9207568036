package org.entente.evidence.log;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;

/**
 * What a witness does when a log shows it a new checkpoint. It computes only; whoever calls it keeps the last checkpoint,
 * and MUST store the new one before a cosignature leaves, or a crash could make it cosign two histories.
 */
public final class Witness {
    private Witness() {}

    /** What the witness concludes. */
    public sealed interface Judgement permits Cosign, SplitView, RolledBack, BadProof {}

    /** The log only grew: store this checkpoint, then cosign it. */
    public record Cosign(SignedCheckpoint next) implements Judgement {}

    /** Two roots of one size, both signed by the log: the two notes together prove that it shows two histories. */
    public record SplitView(SignedCheckpoint last, SignedCheckpoint next) implements Judgement {}

    /** Smaller than what was seen: an old note come late, or a log restored to an earlier state. Never cosigned. */
    public record RolledBack(SignedCheckpoint last, SignedCheckpoint next) implements Judgement {}

    /** The proof does not lead from the last size to the new one. It accuses nobody: the proof itself is not signed. */
    public record BadProof(SignedCheckpoint last, SignedCheckpoint next) implements Judgement {}

    /**
     * Judges a checkpoint whose signature was verified.
     *
     * @param last the largest checkpoint of this log that the witness has cosigned; empty if there was none
     * @param next the checkpoint to judge
     * @param proof consistency proof between the two; empty when there was none before, or it was of size 0
     * @throws IllegalArgumentException for checkpoints of two different logs
     */
    public static Judgement judge(Optional<SignedCheckpoint> last, SignedCheckpoint next, List<Digest> proof) {
        if (last.isEmpty()) {
            return new Cosign(next);
        }
        SignedCheckpoint seen = last.get();
        Checkpoint before = seen.checkpoint();
        Checkpoint after = next.checkpoint();
        if (!before.origin().equals(after.origin())) {
            throw new IllegalArgumentException("checkpoints of two logs");
        }
        if (after.size() < before.size()) {
            return new RolledBack(seen, next);
        }
        if (after.size() == before.size() && !after.root().equals(before.root())) {
            return new SplitView(seen, next);
        }
        boolean first = before.size() == 0 && after.size() > 0;
        boolean grew = first ? proof.isEmpty() : Consistency.verifies(before, after, proof);
        return grew ? new Cosign(next) : new BadProof(seen, next);
    }
}
