package org.entente.exchange.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.message.Message;

/**
 * What partners have said and this node has accepted, for ever: there is no window after which an id is forgotten.
 * Implemented on the node's database.
 *
 * <ul>
 *   <li>{@link #accept} MUST commit the statement, its leaf in the relationship's log, its effect and the outbox row of its
 *       receipt in one transaction, and MUST NOT return before that is durable. Only then is it acknowledged.
 *   <li>Of two {@code accept} of one (sender, id) at the same time, exactly one MUST do anything.
 *   <li>{@link #keepAsEvidence} MUST be durable before the refusal is answered: at its return, or in a step at that of
 *       {@link #inOrder}.
 * </ul>
 */
public interface Inbox {

    /** What happened to the call. */
    enum Outcome {
        /** The statement is durable and its effect has happened, by this call. */
        ACCEPTED,
        /** Another call was first; this one did nothing. */
        ALREADY_KNOWN
    }

    /** The effect of a statement failed for a reason of its own, and would fail each time; nothing of it happened. */
    final class Stumbled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Stumbled(RuntimeException cause) {
            super(cause);
        }
    }

    /** A refused statement that proves something about its sender. */
    record Kept(PartyCode sender, Digest statement, Digest bytes, Problem problem) {}

    /**
     * Carries out steps in this order. Each calls {@link #accept} or {@link #keepAsEvidence} once at most, sees what those before it
     * did, and happens whole or not at all. When this returns, all that happened is durable.
     *
     * @return what each step gave; nothing for one that stumbled
     */
    default <T> List<Optional<T>> inOrder(List<Supplier<T>> steps) {
        List<Optional<T>> given = new ArrayList<>();
        for (Supplier<T> step : steps) {
            given.add(alone(step));
        }
        return given;
    }

    private static <T> Optional<T> alone(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (Stumbled poison) {
            return Optional.empty();
        }
    }

    /** The digest of the exact bytes that were accepted under this id from this sender. */
    Optional<Digest> known(PartyCode sender, Digest statement);

    /**
     * Accepts a statement that {@link Acceptance} allowed.
     *
     * @param message what it says
     * @param effect what the statement does here; runs inside the transaction, and when it throws, nothing has happened
     * @throws Stumbled when the effect threw for a reason of its own, and not because the storage failed
     */
    Outcome accept(Arrival arrival, Message message, Runnable effect);

    /** Keeps a refused statement whole. The same bytes twice are kept once. */
    void keepAsEvidence(Arrival arrival, Problem problem);

    /** What was kept from this sender, oldest first. */
    List<Kept> kept(PartyCode sender);
}
