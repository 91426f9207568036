package org.entente.evidence.witness;

import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.SignedCheckpoint;

/**
 * What a witness has seen of one log, while nobody else does anything about that log. Implemented on the node's database:
 * from {@link #last} until what {@link #store} wrote is durable it MUST hold a lock on the log's name, also when nothing was seen
 * of it, and the answer MUST NOT leave before that; otherwise two calls at once, or a crash, make the witness cosign two histories.
 */
public interface WitnessMemory {
    /** The last checkpoint of the log that this witness cosigned. */
    Optional<SignedCheckpoint> last();

    /** The log has grown to this, which is cosigned as soon as it is durable. */
    void store(SignedCheckpoint next);

    /** The log's own signatures prove that it shows two histories. */
    void keep(Misbehaviour proof);

    /**
     * Judges a call and answers it: cosigns when the log only grew, keeps what proves that it did not.
     *
     * @param known the log of the origin that the call claims; empty if the witness does not know it
     */
    default WitnessReply answer(AddCheckpoint call, Optional<KnownLog> known, CosignerSecrets secrets, Instant at) {
        return switch (WitnessJudgement.judge(call, known, last())) {
            case WitnessJudgement.Grown grown -> {
                store(grown.next());
                yield grown.reply(secrets, at);
            }
            case WitnessJudgement.Elsewhere elsewhere -> {
                elsewhere.misbehaviour().ifPresent(this::keep);
                yield elsewhere.reply();
            }
            case WitnessJudgement.NotGrown not -> {
                not.misbehaviour().ifPresent(this::keep);
                yield not.reply();
            }
            case WitnessJudgement.Refused refused -> refused.reply();
        };
    }
}
