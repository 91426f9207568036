package org.entente.evidence.witness;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteSignature;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.Witness;

/**
 * What a witness concludes from a call, checked in the order of C2SP tlog-witness, section add-checkpoint.
 *
 * <p>It computes only. From reading the last cosigned checkpoint until the new one is stored, the caller MUST hold a lock
 * on the log's origin, also when there is no last one, and MUST have stored the new one durably before the reply leaves;
 * otherwise two calls at once, or a crash, make the witness cosign two histories or an earlier state.
 */
public sealed interface WitnessJudgement {
    /** The log only grew, or stands still. */
    record Grown(SignedCheckpoint next) implements WitnessJudgement {
        /** Status 200. MUST NOT be called before {@link #next} is stored as the last cosigned checkpoint. */
        public WitnessReply reply(CosignerSecrets secrets, Instant at) {
            return WitnessReply.cosigned(secrets.cosign(next.checkpoint(), at).stream()
                    .map(NoteSignature::line)
                    .collect(Collectors.joining()));
        }
    }

    /** Nothing is cosigned, and nothing is stored but the proof, if there is one. */
    sealed interface Refused extends WitnessJudgement {
        WitnessReply reply();
    }

    /** Status 400: not a call, or one that starts from a larger tree than it shows. */
    record BadRequest(Problem problem) implements Refused {
        @Override
        public WitnessReply reply() {
            return WitnessReply.refused(400, problem);
        }
    }

    /** Status 403: no signature of a trusted key, or a false one in the name of such a key. */
    record Forbidden(Problem problem) implements Refused {
        @Override
        public WitnessReply reply() {
            return WitnessReply.refused(403, problem);
        }
    }

    /** Status 404: not a log of this witness. */
    record UnknownLog(Problem problem) implements Refused {
        @Override
        public WitnessReply reply() {
            return WitnessReply.refused(404, problem);
        }
    }

    /**
     * Status 409: the proof starts elsewhere than where this witness stands.
     *
     * @param size of the last cosigned checkpoint, 0 if there is none
     * @param misbehaviour present when the two checkpoints nevertheless contradict each other
     */
    record Elsewhere(long size, Optional<Misbehaviour> misbehaviour) implements Refused {
        @Override
        public WitnessReply reply() {
            return WitnessReply.standsAt(size);
        }
    }

    /**
     * Status 422: the log did not grow from what was cosigned to this, or nobody can see that it did.
     *
     * @param misbehaviour present when the log's own signatures prove it; the caller should keep it and stop the link
     */
    record NotGrown(Problem problem, Optional<Misbehaviour> misbehaviour) implements Refused {
        @Override
        public WitnessReply reply() {
            return WitnessReply.refused(422, problem);
        }
    }

    /**
     * Judges a call that was read; one that {@link AddCheckpoint#parse} refuses is a {@link BadRequest}.
     *
     * @param known the log of the origin that the call claims; empty if the witness does not know it
     * @param last the last checkpoint of that log that this witness cosigned; empty if there was none
     */
    static WitnessJudgement judge(AddCheckpoint call, Optional<KnownLog> known, Optional<SignedCheckpoint> last) {
        if (known.isEmpty()) {
            return new UnknownLog(Problem.of("witness.log-unknown"));
        }
        Optional<SignedCheckpoint> next;
        try {
            next = open(call, known.get());
        } catch (Malformed refused) {
            return new Forbidden(refused.problem());
        }
        if (call.oldSize() > call.claimed().size()) {
            return new BadRequest(Problem.of("witness.old-above-checkpoint"));
        }
        long lastSize = last.map(seen -> seen.checkpoint().size()).orElse(0L);
        if (call.oldSize() != lastSize) {
            return new Elsewhere(lastSize, contradiction(last, next));
        }
        if (next.isEmpty()) {
            return new NotGrown(Problem.of("checkpoint.empty-root"), Optional.empty());
        }
        if (call.oldSize() == 0 && !call.proof().isEmpty()) {
            return new NotGrown(Problem.of("witness.proof-refused"), Optional.empty());
        }
        return switch (Witness.judge(last, next.get(), call.proof())) {
            case Witness.Cosign grown -> new Grown(grown.next());
            case Witness.SplitView split ->
                new NotGrown(
                        Problem.of("witness.split-view"), Misbehaviour.between(split.last(), split.next(), List.of()));
            case Witness.BadProof bad ->
                new NotGrown(
                        Problem.of("witness.proof-refused"),
                        Misbehaviour.between(bad.last(), bad.next(), call.proof()));
            case Witness.RolledBack back ->
                new Elsewhere(back.last().checkpoint().size(), Optional.empty());
        };
    }

    private static Optional<Misbehaviour> contradiction(
            Optional<SignedCheckpoint> last, Optional<SignedCheckpoint> next) {
        return last.flatMap(seen -> next.flatMap(shown -> Misbehaviour.between(seen, shown, List.of())));
    }

    /** The signed checkpoint; empty when it is signed, of an empty tree, and its root is not that of one. */
    private static Optional<SignedCheckpoint> open(AddCheckpoint call, KnownLog log) throws Malformed {
        if (call.claimed().emptyWithFalseRoot() && call.claimed().origin().equals(log.origin())) {
            log.requireSignature(call.claimed(), call.note());
            return Optional.empty();
        }
        return Optional.of(SignedCheckpoint.open(call.note(), log));
    }
}
