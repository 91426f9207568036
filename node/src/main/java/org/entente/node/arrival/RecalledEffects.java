package org.entente.node.arrival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.delivery.Acceptance;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Reply;
import org.entente.node.body.BodyFiles;
import org.entente.node.comparison.OwnEpochs;
import org.entente.node.comparison.ReceivedIndices;
import org.entente.node.delivery.Recollection;
import org.entente.node.erasure.Erasures;
import org.entente.node.ledger.Statements;

/**
 * What statements had done here before an older copy of the database was restored. A partner's statement does again what it
 * did, unless the log says that it was refused; its duty is owed unless the log says that it was done. Of what this party
 * said, what follows from the statement alone is done again, and what was owed for it is not. What stood in nothing but the lost database (blinds of a probe,
 * identifiers of a watch, names of officers, the file in which an item left, what a body had brought) is named for people.
 */
public final class RecalledEffects implements Recollection {
    private static final String PRIVATE_LOST = "restore.private-lost";
    private static final String DONE_BEFORE = "restore.done-before";
    private static final String BODY_MISSING = "restore.body-missing";
    private static final String OFFICER_UNKNOWN = "restore.officer-unknown";

    private final ArrivalEffects arrivals;
    private final ArrivalEffects.Records records;
    private final Duties duties;
    private final BodyFiles bodies;
    private final Own own;

    /** What this party had said of its own accord: ends of epochs, erasures, rounds of watches. */
    public record Own(Statements statements, OwnEpochs epochs, ReceivedIndices received, Erasures erasures) {}

    public RecalledEffects(
            ArrivalEffects arrivals, ArrivalEffects.Records records, Duties duties, BodyFiles bodies, Own own) {
        this.arrivals = arrivals;
        this.records = records;
        this.duties = duties;
        this.bodies = bodies;
        this.own = own;
    }

    @Override
    public Optional<String> recall(Statement statement, Message message, List<Message> said) throws Malformed {
        return statement.from().party().equals(records.memoranda().own())
                ? ours(statement, message)
                : theirs(statement, message, said);
    }

    private Optional<String> theirs(Statement statement, Message message, List<Message> said) throws Malformed {
        Digest id = statement.id();
        if (said.stream()
                .anyMatch(reply -> reply instanceof Reply.Refused refused
                        && refused.statement().equals(id))) {
            return Optional.empty();
        }
        boolean restsWhileSuspended = switch (message) {
            case Comparison _, Handover _ -> true;
            case Procedure step -> step.needsDecision();
            default -> false;
        };
        if (restsWhileSuspended
                && records.memoranda().relation(statement.from().party()) == Acceptance.Relation.SUSPENDED) {
            return Optional.empty();
        }
        arrivals.record(statement, message);
        if (!ArrivalEffects.leavesDuty(message)) {
            return Optional.empty();
        }
        if (said.stream().anyMatch(reply -> isDone(id, reply))) {
            return message instanceof Comparison.ProbeAsked ? Optional.empty() : Optional.of(DONE_BEFORE);
        }
        if (message instanceof Comparison.ProbeAnswered answered
                && records.probes().find(answered.asked()).isEmpty()) {
            return Optional.of(PRIVATE_LOST);
        }
        Set<Digest> here = bodies.present(message.bodies());
        if (!message.bodies().stream().map(BodyReference::ciphertext).allMatch(here::contains)) {
            return Optional.of(BODY_MISSING);
        }
        duties.owe(statement);
        return Optional.empty();
    }

    private static boolean isDone(Digest id, Message said) {
        return switch (said) {
            case Reply.Receipt receipt -> receipt.statement().equals(id) && receipt.stage() != Reply.Stage.DELIVERED;
            case Comparison.ProbeAnswered answered -> answered.asked().equals(id);
            case Comparison.ProbeAsked asked ->
                asked.ground() instanceof Comparison.Ground.UnderReconcile under
                        && under.agreed().equals(id);
            default -> false;
        };
    }

    private Optional<String> ours(Statement statement, Message message) throws Malformed {
        switch (message) {
            case Arrangement.MemorandumDeclared _ -> records.memoranda().declared(statement);
            case Arrangement.OfficerAppointed _ -> {
                return Optional.of(OFFICER_UNKNOWN);
            }
            // Whose key is gone with what was lost is ended by the next sweep; whose key is here takes up every change
            // again.
            case Comparison.IndexAnnounced announced -> records.indices().said(statement, announced, 0);
            case Ending.EpochEnded ended ->
                records.indices().find(ended.index()).ifPresent(own.epochs::destroy);
            case Ending.IndexErased erased -> own.received.recall(erased.index());
            case Ending.ErasureAttested attested -> erasedBefore(statement, attested);
            case Comparison.ProbeAsked asked -> {
                records.probes().charge(statement.id(), statement.from().party(), asked);
                return asked(statement, asked);
            }
            case Procedure step -> records.asked().procedures().take(statement, step, true);
            case Comparison.ProbeAnswered answered -> duties.done(answered.asked());
            case Reply.Refused refused -> duties.done(refused.statement());
            case Reply.Receipt receipt -> {
                boolean wasOpen = receipt.stage() != Reply.Stage.DELIVERED && duties.done(receipt.statement());
                return wasOpen ? Optional.of(DONE_BEFORE) : Optional.empty();
            }
            case Comparison.WatchAsked _, Handover.ItemRequested _, Onward.ItemExported _ -> {
                return Optional.of(PRIVATE_LOST);
            }
            default -> {
                // It did nothing here when it was said, or is folded from the statements.
            }
        }
        return Optional.empty();
    }

    /** What is attested to be gone does not lie about because an older copy of the files had it. */
    private void erasedBefore(Statement attestation, Ending.ErasureAttested message) {
        for (Ending.ErasureAttested.Erased one : message.erased()) {
            for (Digest body : one.bodies()) {
                try {
                    bodies.erase(body);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        own.erasures.recall(attestation.id(), message);
    }

    /** A batch went out: the round or the duty that it was is not asked again, whatever came of it. */
    private Optional<String> asked(Statement statement, Comparison.ProbeAsked asked) {
        switch (asked.ground()) {
            case Comparison.Ground.UnderCase _ -> {
                // Nothing asks it again by itself.
            }
            case Comparison.Ground.UnderReconcile under -> duties.done(under.agreed());
            case Comparison.Ground.UnderWatch under ->
                own.statements.find(under.asked()).ifPresent(begun -> {
                    if (begun.message() instanceof Comparison.WatchAsked watch) {
                        long round = watch.pace().round(statement.at());
                        records.probes()
                                .watches()
                                .askedBefore(
                                        under.asked(),
                                        round,
                                        watch.pace()
                                                .begins(
                                                        round + 1,
                                                        begun.statement().at()));
                    }
                });
        }
        return Optional.of(PRIVATE_LOST);
    }
}
