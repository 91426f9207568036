package org.entente.node.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.LogReopened;
import org.entente.exchange.delivery.Acceptance;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.delivery.Inbox;
import org.entente.exchange.delivery.Lane.Answer;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.node.body.BodyFiles;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Reopenings;
import org.entente.node.ledger.Voice;
import org.entente.node.party.Parties;
import org.entente.node.party.PartnerStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.databind.JsonNode;

/**
 * Takes statements from partners: verifies, lets the exchange decide, and carries out what it decided. The answer is given
 * only when what it says is durable.
 */
public final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final Duration BODY_REST = Duration.ofSeconds(1);

    private final Parties parties;
    private final Inbox inbox;
    private final BodyFiles bodies;
    private final Replies replies;
    private final Effects effects;
    private final Function<PartyCode, Acceptance.Relation> relation;
    private final Clock clock;

    /** What a reception says and notes by itself: receipts, with the place of the statement in its log, by this clock. */
    public record Replies(
            PartyCode own, Voice voice, Logs logs, Reopenings reopenings, PartnerStorage storage, Clock clock) {
        private void receipt(Statement statement) {
            PartyCode partner = statement.from().party();
            voice.say(
                    new Reply.Receipt(statement.id(), Reply.Stage.DELIVERED, logs.index(partner, statement.id())),
                    statement.to().orElse(own),
                    statement.from());
        }
    }

    public Reception(
            Parties parties,
            Inbox inbox,
            BodyFiles bodies,
            Replies replies,
            Effects effects,
            Function<PartyCode, Acceptance.Relation> relation) {
        this.parties = parties;
        this.inbox = inbox;
        this.bodies = bodies;
        this.replies = replies;
        this.effects = effects;
        this.relation = relation;
        this.clock = replies.clock();
    }

    /**
     * Receives one statement over the connection of a partner.
     *
     * @throws Malformed when the bytes are no statement of that partner: nothing can be answered about it by name
     */
    public Answer receive(PartyCode connection, JsonNode document) throws Malformed {
        if (parties.card(connection).isEmpty()) {
            throw new Malformed("party.unknown", connection.text());
        }
        CardHistory cards = parties.history(connection, replies.logs().origin(connection));
        UnverifiedStatement claimed = Statement.of(document);
        Arrival verified;
        try {
            PartyCard card = cards.cardFor(claimed, place(connection, claimed.id(), cards));
            verified = Arrival.verify(claimed, card, Set.of());
        } catch (Malformed notTheirs) {
            return new Answer.RefusedForGood(claimed.id(), notTheirs.problem());
        }
        Statement statement = verified.statement();
        Arrival arrival = new Arrival(connection, statement, verified.byRoot(), presentBodies(statement));
        Optional<Digest> known = inbox.known(connection, statement.id());
        Acceptance acceptance = Acceptance.decide(
                arrival,
                new Acceptance.Circumstances(
                        parties.own(), known, relation.apply(connection), clock.instant(), CLOCK_SKEW));
        Optional<Problem> unfit = acceptance instanceof Acceptance.Applied ? unfit(statement, cards) : Optional.empty();
        return carryOut(
                arrival,
                unfit.isPresent()
                        ? new Acceptance.Refused(unfit.get(), Acceptance.Keeping.KEPT_AS_EVIDENCE)
                        : acceptance);
    }

    /** Where a statement stands in the log; behind everything when it is new, or when no place makes a difference. */
    private long place(PartyCode partner, Digest statement, CardHistory cards) {
        return cards.isPlain()
                ? Long.MAX_VALUE
                : replies.logs().index(partner, statement).orElse(Long.MAX_VALUE);
    }

    /**
     * A party replaces its card by its root, one after another. It appoints officers of its own authorities, with keys that
     * serve nothing else; no other is ever learned.
     */
    private Optional<Problem> unfit(Statement statement, CardHistory cards) {
        if (CardHistory.concerns(statement)) {
            return unfitAboutCards(statement, cards);
        }
        if (statement.kind().equals(LogReopened.KIND)) {
            return unfitAboutLog(statement);
        }
        if (!statement.kind().equals(OfficerAppointment.KIND)) {
            return Optional.empty();
        }
        PartyCard card = cards.latest();
        try {
            OfficerAppointment appointment = OfficerAppointment.read(statement);
            if (!card.introduces(appointment.authority())) {
                return Optional.of(Problem.of(
                        "appointment.authority-foreign", appointment.authority().text()));
            }
            return cards.cards().stream().anyMatch(held -> held.content().keys().shares(appointment.keys()))
                    ? Optional.of(Problem.of("card.key-reused"))
                    : Optional.empty();
        } catch (Malformed refused) {
            return Optional.of(refused.problem());
        }
    }

    private Optional<Problem> unfitAboutLog(Statement statement) {
        try {
            return replies.reopenings().refusal(statement);
        } catch (Malformed unreadable) {
            return Optional.of(unreadable.problem());
        }
    }

    private Optional<Problem> unfitAboutCards(Statement statement, CardHistory cards) {
        try {
            switch (cards.take(statement, Long.MAX_VALUE)) {
                case CardHistory.Taken taken ->
                    parties.requireOwnPins(taken.next().latest());
                case CardHistory.Unmoved _ -> {
                    // It is logged, and changes nothing.
                }
                case CardHistory.Refused refused -> {
                    return Optional.of(refused.problem());
                }
            }
            return Optional.empty();
        } catch (Malformed pinOfAnother) {
            return Optional.of(pinOfAnother.problem());
        }
    }

    private Answer carryOut(Arrival arrival, Acceptance acceptance) {
        Statement statement = arrival.statement();
        return switch (acceptance) {
            case Acceptance.Applied applied -> accept(arrival, applied.message());
            case Acceptance.Quarantined _ -> quarantine(arrival);
            case Acceptance.Duplicate duplicate -> new Answer.Acknowledged(duplicate.statement());
            case Acceptance.Postponed postponed -> new Answer.Later(statement.id(), BODY_REST);
            case Acceptance.Refused refused -> {
                if (refused.keeping() == Acceptance.Keeping.KEPT_AS_EVIDENCE) {
                    inbox.keepAsEvidence(arrival, refused.problem());
                }
                LOG.warn("refused {}: {}", statement, refused.problem());
                yield new Answer.RefusedForGood(statement.id(), refused.problem());
            }
        };
    }

    /** Recorded and receipted without its effect; beyond the partner's share of the disk it is refused, and counted. */
    private Answer quarantine(Arrival arrival) {
        Statement statement = arrival.statement();
        int bytes = statement.bytes().length;
        if (!replies.storage().hasRoomInQuarantine(arrival.sender())) {
            Problem full = Problem.of("exchange.quarantine-full", statement.id().hex());
            replies.storage().count(arrival.sender(), full, bytes);
            LOG.warn("refused {}: {}", statement, full);
            return new Answer.RefusedForGood(statement.id(), full);
        }
        inbox.accept(arrival, () -> {
            requireCardOfItsPlace(arrival);
            replies.receipt(statement);
            replies.storage().quarantine(arrival.sender(), statement.id(), bytes);
        });
        LOG.info("quarantined {}: the memorandum is suspended", statement);
        return new Answer.Acknowledged(statement.id());
    }

    /** What stumbles for a reason of its own would stumble each time: it is kept and refused, and blocks nothing. */
    private Answer accept(Arrival arrival, Message message) {
        Statement statement = arrival.statement();
        try {
            inbox.accept(arrival, () -> {
                requireCardOfItsPlace(arrival);
                if (message instanceof Arrangement.LogContinued) {
                    replies.reopenings().requireStill(statement);
                }
                apply(statement, message);
            });
            return new Answer.Acknowledged(statement.id());
        } catch (IllegalStateException | IllegalArgumentException | ClassCastException | DuplicateKeyException poison) {
            LOG.error("{} cannot be processed; it is kept as evidence and refused", statement, poison);
            Problem problem =
                    Problem.of("exchange.not-processed", statement.id().hex());
            inbox.keepAsEvidence(arrival, problem);
            return new Answer.RefusedForGood(statement.id(), problem);
        }
    }

    /** Now that it has a place: a succession that came in at the same time may stand before it. */
    private void requireCardOfItsPlace(Arrival arrival) {
        CardHistory cards = parties.history(arrival.connection(), replies.logs().origin(arrival.connection()));
        if (arrival.byRoot() || cards.isPlain()) {
            return;
        }
        long place = place(arrival.connection(), arrival.statement().id(), cards);
        PartyCard card = cards.cardAt(place);
        if (!arrival.statement().signedBy(card) || cards.isRevoked(KeyName.statement(card), place)) {
            throw new IllegalStateException("a card was replaced meanwhile");
        }
    }

    private void apply(Statement statement, Message message) {
        if (message.kind().receipted()) {
            replies.receipt(statement);
        }
        effects.apply(statement, message);
    }

    private Set<Digest> presentBodies(Statement statement) {
        try {
            return bodies.present(Message.read(statement).bodies());
        } catch (Malformed unreadable) {
            return Set.of(); // The acceptance refuses it for what it is.
        }
    }
}
