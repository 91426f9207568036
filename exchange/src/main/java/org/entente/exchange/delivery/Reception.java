package org.entente.exchange.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
import org.entente.exchange.delivery.Lane.Answer;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Message;
import tools.jackson.databind.JsonNode;

/**
 * Takes statements from partners: verifies, decides ({@link Acceptance}), and has it carried out. The answer is given only when
 * what it says is durable.
 */
public final class Reception {
    private static final Duration BODY_REST = Duration.ofSeconds(1);
    private static final Duration CLOCK_REST = Duration.ofMinutes(1);

    private final Surroundings surroundings;
    private final Inbox inbox;
    private final Effects effects;
    private final InstantSource clock;
    private final Map<PartyCode, Postponed> postponed = new ConcurrentHashMap<>();

    public Reception(Surroundings surroundings, Inbox inbox, Effects effects, InstantSource clock) {
        this.surroundings = surroundings;
        this.inbox = inbox;
        this.effects = effects;
        this.clock = clock;
    }

    /** What a partner was last told to bring later: its lane brings the same again, once a minute for as long as a clock is wrong. */
    private record Postponed(PartyCard card, Arrival verified) {}

    /** What was answered about a statement, and why: for whoever keeps the node's journal. */
    public record Received(Answer answer, Optional<Acceptance> acceptance) {
        private static Received of(Acceptance acceptance, Answer answer) {
            return new Received(answer, Optional.of(acceptance));
        }
    }

    /**
     * Receives one statement over the connection of a partner.
     *
     * @throws Malformed when the bytes are no statement of that partner: nothing can be answered about it by name
     */
    public Received receive(PartyCode connection, JsonNode document) throws Malformed {
        CardHistory cards =
                surroundings.cards(connection).orElseThrow(() -> new Malformed("party.unknown", connection.text()));
        UnverifiedStatement claimed = Statement.of(document);
        Optional<Digest> known = inbox.known(connection, claimed.id());
        if (isTheSame(claimed, connection, known)) {
            return Received.of(new Acceptance.Duplicate(claimed.id()), new Answer.Acknowledged(claimed.id()));
        }
        Arrival verified;
        PartyCard card;
        try {
            card = cards.cardFor(claimed, place(connection, claimed.id(), cards));
            verified = verify(connection, claimed, card);
        } catch (Malformed notTheirs) {
            return new Received(new Answer.RefusedForGood(claimed.id(), notTheirs.problem()), Optional.empty());
        }
        Statement statement = verified.statement();
        Arrival arrival = new Arrival(
                connection, statement, verified.byRoot(), known.isPresent() ? Set.of() : present(statement));
        Acceptance acceptance = Acceptance.decide(
                arrival,
                new Acceptance.Circumstances(
                        surroundings.own(),
                        known,
                        surroundings.relation(connection),
                        clock.instant(),
                        Lane.CLOCK_SKEW));
        if (acceptance instanceof Acceptance.Postponed) {
            postponed.put(connection, new Postponed(card, verified));
        } else {
            postponed.remove(connection);
        }
        Optional<Problem> unfit = acceptance instanceof Acceptance.Applied ? unfit(statement, cards) : Optional.empty();
        return carryOut(
                arrival,
                unfit.isPresent()
                        ? new Acceptance.Refused(unfit.get(), Acceptance.Keeping.KEPT_AS_EVIDENCE)
                        : acceptance);
    }

    /** The very bytes that were verified and accepted from this party before need not be verified again to be acknowledged again. */
    private static boolean isTheSame(UnverifiedStatement claimed, PartyCode connection, Optional<Digest> known) {
        return known.isPresent()
                && claimed.claimedFrom().party().equals(connection)
                && known.get().equals(Digest.of(claimed.bytes()));
    }

    /** The very bytes that were verified under this card and postponed are not verified again, however often they come. */
    private Arrival verify(PartyCode connection, UnverifiedStatement claimed, PartyCard card) throws Malformed {
        Optional<Arrival> before = Optional.ofNullable(postponed.get(connection))
                .filter(one -> one.verified().statement().id().equals(claimed.id()))
                .filter(one -> one.verified().bytes().equals(Digest.of(claimed.bytes())))
                .filter(one -> one.card().equals(card))
                .map(Postponed::verified);
        return before.isPresent() ? before.get() : Arrival.verify(claimed, card, Set.of());
    }

    /** Where a statement stands in the log; behind everything when it is new, or when no place makes a difference. */
    private long place(PartyCode partner, Digest statement, CardHistory cards) {
        return cards.isPlain()
                ? Long.MAX_VALUE
                : surroundings.place(partner, statement).orElse(Long.MAX_VALUE);
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
            return surroundings.refusalOfLog(statement);
        } catch (Malformed unreadable) {
            return Optional.of(unreadable.problem());
        }
    }

    private Optional<Problem> unfitAboutCards(Statement statement, CardHistory cards) {
        try {
            switch (cards.take(statement, Long.MAX_VALUE)) {
                case CardHistory.Taken taken ->
                    surroundings.requireOwnPins(taken.next().latest());
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

    private Received carryOut(Arrival arrival, Acceptance acceptance) {
        Digest id = arrival.statement().id();
        return switch (acceptance) {
            case Acceptance.Applied applied -> accept(arrival, applied);
            case Acceptance.Quarantined quarantined -> quarantine(arrival, quarantined);
            case Acceptance.Duplicate duplicate -> Received.of(duplicate, new Answer.Acknowledged(id));
            case Acceptance.Postponed postponed -> {
                boolean ahead = Lane.isDatedAhead(arrival.statement().at(), clock.instant());
                yield Received.of(postponed, new Answer.Later(id, ahead ? CLOCK_REST : BODY_REST));
            }
            case Acceptance.Refused refused -> refuse(arrival, refused);
        };
    }

    /** Recorded and receipted without its effect; beyond the partner's share of the disk it is refused, and counted. */
    private Received quarantine(Arrival arrival, Acceptance.Quarantined quarantined) {
        Statement statement = arrival.statement();
        Problem full = Problem.of("exchange.quarantine-full", statement.id().hex());
        if (!surroundings.mayQuarantine(statement, full)) {
            return refuse(arrival, new Acceptance.Refused(full, Acceptance.Keeping.DROPPED));
        }
        try {
            inbox.accept(arrival, quarantined.message(), () -> {
                requireCardOfItsPlace(arrival);
                surroundings.receipt(statement);
                surroundings.quarantine(statement);
            });
            return Received.of(quarantined, new Answer.Acknowledged(statement.id()));
        } catch (Inbox.Stumbled poison) {
            return notProcessed(arrival);
        }
    }

    private Received refuse(Arrival arrival, Acceptance.Refused refused) {
        if (refused.keeping() == Acceptance.Keeping.KEPT_AS_EVIDENCE) {
            inbox.keepAsEvidence(arrival, refused.problem());
        }
        return Received.of(
                refused, new Answer.RefusedForGood(arrival.statement().id(), refused.problem()));
    }

    /** What stumbles for a reason of its own would stumble each time: it is kept and refused, and blocks nothing. */
    private Received accept(Arrival arrival, Acceptance.Applied applied) {
        Statement statement = arrival.statement();
        try {
            inbox.accept(arrival, applied.message(), () -> {
                requireCardOfItsPlace(arrival);
                if (applied.message() instanceof Arrangement.LogContinued) {
                    surroundings.requireStill(statement);
                }
                if (applied.message().kind().receipted()) {
                    surroundings.receipt(statement);
                }
                effects.apply(statement, applied.message());
            });
            return Received.of(applied, new Answer.Acknowledged(statement.id()));
        } catch (Inbox.Stumbled poison) {
            return notProcessed(arrival);
        }
    }

    private Received notProcessed(Arrival arrival) {
        Problem problem =
                Problem.of("exchange.not-processed", arrival.statement().id().hex());
        return refuse(arrival, new Acceptance.Refused(problem, Acceptance.Keeping.KEPT_AS_EVIDENCE));
    }

    /** Now that it has a place: a succession that came in at the same time may stand before it. */
    private void requireCardOfItsPlace(Arrival arrival) {
        CardHistory cards = surroundings.cards(arrival.connection()).orElseThrow();
        if (arrival.byRoot() || cards.isPlain()) {
            return;
        }
        long place = place(arrival.connection(), arrival.statement().id(), cards);
        PartyCard card = cards.cardAt(place);
        if (!arrival.statement().signedBy(card) || cards.isRevoked(KeyName.statement(card), place)) {
            throw new IllegalStateException("a card was replaced meanwhile");
        }
    }

    private Set<Digest> present(Statement statement) {
        try {
            return surroundings.present(Message.read(statement).bodies());
        } catch (Malformed unreadable) {
            return Set.of(); // The acceptance refuses it for what it is.
        }
    }
}
