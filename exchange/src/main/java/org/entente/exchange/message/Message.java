package org.entente.exchange.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.Actor;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.evidence.succession.LogReopened;
import org.entente.exchange.body.BodyReference;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.JointAuthorisation;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one statement between parties says. Reading is strict: a member that is missing, unknown or not of its form is
 * refused, and what was read writes the same canonical bytes again.
 */
public sealed interface Message permits Arrangement, Comparison, Ending, Handover, Onward, Procedure, Reply {
    Kind kind();

    /** The statement's content, without the officers' approvals. */
    ObjectNode content();

    /** The bodies that travel beside it, in the order of their members. */
    default List<BodyReference> bodies() {
        return List.of();
    }

    /** The statement that this one answers. */
    default Optional<Digest> answers() {
        return Optional.empty();
    }

    /** Whether it carries its sender's decision, which the receiver recomputes before deciding anew. */
    default boolean needsDecision() {
        return kind().needsDecision();
    }

    /** The sender's decision, for messages that need one. */
    default Optional<SentDecision> decision() {
        return Optional.empty();
    }

    /** The sender's officers of whom at least one approves this message in its own statement. */
    default Set<Role> approvers() {
        return kind().approvers();
    }

    /** How many of them approve it, each another. */
    default int officers() {
        return approvers().isEmpty() ? 0 : 1;
    }

    /** The statement to sign; add approvals with {@link StatementDraft#withApprovals}. */
    default StatementDraft draft(Actor from, Actor to, Instant at) {
        return StatementDraft.of(kind().word(), from, at, content()).addressedTo(to);
    }

    /**
     * Reads what a verified statement says.
     *
     * @throws Malformed {@code exchange.kind-unknown}, or what is wrong with the content
     */
    static Message read(Statement statement) throws Malformed {
        return read(statement.kind(), statement.content());
    }

    /** Reads content; a member {@code approvals} belongs to the statement, not to the message, and is left alone. */
    static Message read(String kindWord, ObjectNode content) throws Malformed {
        Kind kind = Kind.find(kindWord).orElseThrow(() -> new Malformed("exchange.kind-unknown", kindWord));
        ObjectNode said = content.deepCopy();
        said.remove(Approvals.MEMBER);
        if (kind == Kind.JOINT_AUTHORISATION) {
            return new Arrangement.JointAuthorised(JointAuthorisation.fromJson(said));
        }
        Members members = Members.of(said, "content");
        Message message = switch (kind) {
            case OFFICER_APPOINTED -> Arrangement.OfficerAppointed.read(members);
            case CARD_SUCCEEDED -> new Arrangement.CardReplaced(CardSucceeded.read(members));
            case KEY_REVOKED -> new Arrangement.KeyTakenBack(KeyRevoked.read(members));
            case LOG_REOPENED -> new Arrangement.LogContinued(LogReopened.read(members));
            case MEMORANDUM_SIGNED, MEMORANDUM_SUSPENDED, MEMORANDUM_RESUMED, MEMORANDUM_WITHDRAWN ->
                Arrangement.MemorandumDeclared.read(kind, members);
            case JOINT_AUTHORISATION, JOINT_AUTHORISATION_COUNTERSIGNED -> Arrangement.JointCountersigned.read(members);
            case INDEX_ANNOUNCED -> Comparison.IndexAnnounced.read(members);
            case RECONCILE_ASKED -> Comparison.ReconcileAsked.read(members);
            case RECONCILE_AGREED -> Comparison.ReconcileAgreed.read(members);
            case PROBE_ASKED -> Comparison.ProbeAsked.read(members);
            case WATCH_ASKED -> Comparison.WatchAsked.read(members);
            case PROBE_ANSWERED -> Comparison.ProbeAnswered.read(members);
            case ITEM_REQUESTED -> Handover.ItemRequested.read(members);
            case REQUEST_DECIDED -> Handover.RequestDecided.read(members);
            case ITEM_RELEASED -> Handover.ItemReleased.read(members);
            case ITEM_EXPORTED -> Onward.ItemExported.read(members);
            case PROCEEDING_OPENED -> Procedure.ProceedingOpened.read(members);
            case STEP_TAKEN -> Procedure.StepTaken.read(members);
            case EPOCH_ENDED -> Ending.EpochEnded.read(members);
            case INDEX_ERASED -> Ending.IndexErased.read(members);
            case ERASURE_ATTESTED -> Ending.ErasureAttested.read(members);
            case REFUSED -> Reply.Refused.read(members);
            case RECEIPT -> Reply.Receipt.read(members);
        };
        members.end();
        return message;
    }
}
