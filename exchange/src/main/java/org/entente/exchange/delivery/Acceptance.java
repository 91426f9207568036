package org.entente.exchange.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.statement.Freshness;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Reply;

/** What a node does with a statement that came in. */
public sealed interface Acceptance {

    /** New and to be applied: log it, let it have its effect, receipt it, acknowledge it. */
    record Applied(Message message) implements Acceptance {}

    /** New, but the memorandum is suspended here: log and acknowledge it; it has no effect until people decide. */
    record Quarantined(Message message) implements Acceptance {}

    /** The same bytes were accepted before: acknowledge again, and do nothing else. */
    record Duplicate(Digest statement) implements Acceptance {}

    /**
     * Not yet: the sender is to send what is missing, then the same statement again. What is dated ahead of this node's clock waits too: whose clock is wrong nobody
     * here can know, and a refusal would lose for good what an honest partner said.
     */
    record Postponed(Problem problem) implements Acceptance {}

    /** Never. */
    record Refused(Problem problem, Keeping keeping) implements Acceptance {}

    /** What is done with a refused statement. */
    enum Keeping {
        /** Counted, and forgotten. */
        DROPPED,
        /** Kept whole: signed by the partner, it proves what the partner did. */
        KEPT_AS_EVIDENCE
    }

    /** What is true between the two parties at this node at this moment. */
    enum Relation {
        /** Statements have their effect. */
        OPEN,
        /** This node or its partner suspended the memorandum: comparisons, handovers and steps that need a decision are quarantined. */
        SUSPENDED
    }

    /**
     * What a decision about an arrival is made from, besides the arrival.
     *
     * @param here who this node is, with its authorities
     * @param known what the inbox holds under this sender and id: the digest of its bytes
     * @param skew by how much the sender's clock may be ahead
     */
    record Circumstances(PartyCard here, Optional<Digest> known, Relation relation, Instant now, Duration skew) {}

    /**
     * Decides, in this order: (1) the speaker is the party of the connection; (2) the statement is addressed to us;
     * (3) known, with the same bytes or with others; (4) not from the future; (5) not expired; (6) its kind and content are
     * understood; (7) its bodies are here; (8) whether the memorandum is suspended.
     *
     * <p>A known statement is acknowledged again even when it has expired since or the memorandum was suspended:
     * its sender asks only because our first acknowledgement was lost.
     */
    static Acceptance decide(Arrival arrival, Circumstances circumstances) {
        Statement statement = arrival.statement();
        if (!arrival.sender().equals(arrival.connection())) {
            return refused("exchange.sender-not-connected", arrival.sender().text());
        }
        if (!isForUs(statement, circumstances.here())) {
            return refused("exchange.not-addressed-here");
        }
        if (circumstances.known().isPresent()) {
            return circumstances.known().get().equals(arrival.bytes())
                    ? new Duplicate(statement.id())
                    : evidence(Problem.of("exchange.other-bytes", statement.id().hex()));
        }
        return switch (Freshness.of(statement, circumstances.now(), circumstances.skew())) {
            case FUTURE_DATED -> new Postponed(Problem.of("exchange.future-dated"));
            case EXPIRED -> refused("exchange.expired");
            case CURRENT -> understood(arrival, circumstances);
        };
    }

    private static Acceptance understood(Arrival arrival, Circumstances circumstances) {
        Message message;
        try {
            message = Message.read(arrival.statement());
        } catch (Malformed refused) {
            return evidence(refused.problem());
        }
        if (arrival.byRoot() && !message.kind().mayBeSignedByRoot()) {
            return evidence(
                    Problem.of("exchange.root-not-for-this", message.kind().word()));
        }
        for (BodyReference body : message.bodies()) {
            if (!arrival.bodies().contains(body.ciphertext())) {
                return new Postponed(
                        Problem.of("exchange.body-missing", body.ciphertext().hex()));
            }
        }
        boolean suspended = circumstances.relation() == Relation.SUSPENDED;
        boolean held = switch (message) {
            case Comparison _, Handover _ -> suspended;
            case Procedure step -> suspended && step.needsDecision();
            case Arrangement _, Ending _, Onward _, Reply _ -> false;
        };
        return held ? new Quarantined(message) : new Applied(message);
    }

    private static boolean isForUs(Statement statement, PartyCard here) {
        return statement
                .to()
                .map(here::introduces)
                .orElseGet(() ->
                        Kind.find(statement.kind()).filter(Kind::mayBeSaidToAll).isPresent());
    }

    private static Acceptance refused(String code, String... arguments) {
        return new Refused(Problem.of(code, arguments), Keeping.DROPPED);
    }

    private static Acceptance evidence(Problem problem) {
        return new Refused(problem, Keeping.KEPT_AS_EVIDENCE);
    }
}
