package org.entente.exchange.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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

    /** What each partner was last told to bring later: its lane brings the same again, once a minute for as long as a clock is wrong. */
    private final Map<PartyCode, Proven> postponed = new ConcurrentHashMap<>();

    public Reception(Surroundings surroundings, Inbox inbox, Effects effects, InstantSource clock) {
        this.surroundings = surroundings;
        this.inbox = inbox;
        this.effects = effects;
        this.clock = clock;
    }

    /** A statement that verified under a card. */
    private record Proven(PartyCard card, Arrival arrival) {}

    /** What was answered about a statement, and why: for whoever keeps the node's journal. */
    public record Received(Answer answer, Optional<Acceptance> acceptance) {
        private static Received of(Acceptance acceptance, Answer answer) {
            return new Received(answer, Optional.of(acceptance));
        }
    }

    /** A statement that was read and is not judged yet, and what came of verifying it. */
    private record Verified(UnverifiedStatement claimed, Optional<Proven> proven, Optional<Problem> notTheirs) {
        /** Whether what comes after it may be signed or placed differently because of it. */
        private boolean movesKeys() {
            return proven.map(one -> one.arrival().statement())
                    .filter(statement ->
                            CardHistory.concerns(statement) || statement.kind().equals(LogReopened.KIND))
                    .isPresent();
        }
    }

    /**
     * Receives one statement over the connection of a partner.
     *
     * @throws Malformed when the bytes are no statement of that partner: nothing can be answered about it by name
     */
    public Received receive(PartyCode connection, JsonNode document) throws Malformed {
        return receive(connection, List.of(document)).getFirst();
    }

    /**
     * Receives statements over the connection of a partner, in this order. They are verified first and then judged one after another,
     * each by what those before it did; what needs a key that one of them brings is verified after that one.
     *
     * @return what is answered, up to the first that is to be brought later
     * @throws Malformed when any of them is no statement: none of them was received
     */
    public List<Received> receive(PartyCode connection, List<JsonNode> documents) throws Malformed {
        List<UnverifiedStatement> claimed = new ArrayList<>();
        for (JsonNode document : documents) {
            claimed.add(Statement.of(document));
        }
        List<Received> received = new ArrayList<>();
        while (received.size() < claimed.size() && !isLater(received)) {
            received.addAll(run(connection, claimed.subList(received.size(), claimed.size())));
        }
        return received;
    }

    private static boolean isLater(List<Received> received) {
        return !received.isEmpty() && received.getLast().answer() instanceof Answer.Later;
    }

    /** Verifies and judges some of these, from the first on: up to one that moves keys, or is to be brought later. */
    private List<Received> run(PartyCode connection, List<UnverifiedStatement> claimed) throws Malformed {
        CardHistory cards =
                surroundings.cards(connection).orElseThrow(() -> new Malformed("party.unknown", connection.text()));
        List<Verified> run = new ArrayList<>();
        while (run.size() < claimed.size() && (run.isEmpty() || !run.getLast().movesKeys())) {
            run.add(verify(connection, claimed.get(run.size()), cards));
        }
        AtomicBoolean later = new AtomicBoolean();
        List<Supplier<Optional<Received>>> steps = run.stream()
                .<Supplier<Optional<Received>>>map(one -> () -> {
                    if (later.get()) {
                        return Optional.empty();
                    }
                    Received received = judge(connection, one, cards);
                    later.set(received.answer() instanceof Answer.Later);
                    return Optional.of(received);
                })
                .toList();
        List<Received> received = new ArrayList<>();
        List<Optional<Optional<Received>>> outcomes = inbox.inOrder(steps);
        for (int n = 0; n < outcomes.size() && !isLater(received); n++) {
            Verified one = run.get(n);
            Optional<Optional<Received>> outcome = outcomes.get(n);
            received.add(
                    outcome.isPresent()
                            ? outcome.get().orElseThrow()
                            : notProcessed(one.proven().orElseThrow().arrival()));
        }
        return received;
    }

    /** What is here already by the same bytes is not verified again. */
    private Verified verify(PartyCode connection, UnverifiedStatement claimed, CardHistory cards) {
        if (isTheSame(claimed, connection, inbox.known(connection, claimed.id()))) {
            return new Verified(claimed, Optional.empty(), Optional.empty());
        }
        try {
            PartyCard card = cards.cardFor(claimed, place(connection, claimed.id(), cards));
            return new Verified(
                    claimed, Optional.of(new Proven(card, verify(connection, claimed, card))), Optional.empty());
        } catch (Malformed notTheirs) {
            return new Verified(claimed, Optional.empty(), Optional.of(notTheirs.problem()));
        }
    }

    private Received judge(PartyCode connection, Verified one, CardHistory cards) {
        Digest id = one.claimed().id();
        if (one.notTheirs().isPresent()) {
            return new Received(new Answer.RefusedForGood(id, one.notTheirs().get()), Optional.empty());
        }
        if (one.proven().isEmpty()) {
            return Received.of(new Acceptance.Duplicate(id), new Answer.Acknowledged(id));
        }
        Optional<Digest> known = inbox.known(connection, id);
        if (isTheSame(one.claimed(), connection, known)) {
            return Received.of(new Acceptance.Duplicate(id), new Answer.Acknowledged(id));
        }
        Proven proven = one.proven().get();
        Statement statement = proven.arrival().statement();
        Arrival arrival = new Arrival(
                connection, statement, proven.arrival().byRoot(), known.isPresent() ? Set.of() : present(statement));
        Acceptance acceptance = Acceptance.decide(
                arrival,
                new Acceptance.Circumstances(
                        surroundings.own(),
                        known,
                        surroundings.relation(connection),
                        clock.instant(),
                        Lane.CLOCK_SKEW));
        if (acceptance instanceof Acceptance.Postponed) {
            postponed.put(connection, proven);
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
                .filter(one -> one.arrival().statement().id().equals(claimed.id()))
                .filter(one -> one.arrival().bytes().equals(Digest.of(claimed.bytes())))
                .filter(one -> one.card().equals(card))
                .map(Proven::arrival);
        return before.isPresent() ? before.get() : surroundings.arrival(claimed, card);
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
        inbox.accept(arrival, quarantined.message(), () -> {
            requireCardOfItsPlace(arrival);
            surroundings.receipt(statement);
            surroundings.quarantine(statement);
        });
        return Received.of(quarantined, new Answer.Acknowledged(statement.id()));
    }

    private Received refuse(Arrival arrival, Acceptance.Refused refused) {
        if (refused.keeping() == Acceptance.Keeping.KEPT_AS_EVIDENCE) {
            inbox.keepAsEvidence(arrival, refused.problem());
        }
        return Received.of(
                refused, new Answer.RefusedForGood(arrival.statement().id(), refused.problem()));
    }

    private Received accept(Arrival arrival, Acceptance.Applied applied) {
        Statement statement = arrival.statement();
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
    }

    /** What stumbles for a reason of its own would stumble each time: it is kept and refused, and blocks nothing. */
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
