package org.entente.exchange.delivery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardHistory;
import org.entente.exchange.body.BodyReference;

/** What a node knows of its partners, and has from them, when a statement comes in. Implemented on the node's database. */
public interface Surroundings {
    /** This node's own card. */
    PartyCard own();

    /** The cards of a partner by their places in this node's log of the relationship; empty for a party that nobody pinned. */
    Optional<CardHistory> cards(PartyCode partner);

    /**
     * Verifies what came over a partner's connection, under the card that counts for it. Whoever knows already that these very bytes
     * hold under this card need not compute it again.
     */
    default Arrival arrival(UnverifiedStatement claimed, PartyCard card) throws Malformed {
        return Arrival.verify(claimed, card, Set.of());
    }

    /** Where a statement stands in this node's log of the relationship. */
    Optional<Long> place(PartyCode partner, Digest statement);

    /** Whether a memorandum with this partner is suspended. */
    Acceptance.Relation relation(PartyCode partner);

    /** Those of the bodies that are durable here. */
    Set<Digest> present(List<BodyReference> bodies);

    /** Requires that a partner's new card names no certificate of another party. */
    void requireOwnPins(PartyCard card) throws Malformed;

    /** Why a partner's declaration about its log never counts; empty when it counts, or may once a person says so. */
    Optional<Problem> refusalOfLog(Statement declaration) throws Malformed;

    /**
     * The same once more, inside the transaction that accepts the declaration.
     *
     * @throws IllegalStateException when another head or declaration came first
     */
    void requireStill(Statement declaration);

    /** Says, inside the transaction that accepts a statement, that it is durable here and where it stands in the log. */
    void receipt(Statement statement);

    /**
     * Whether one more statement of its party may wait here for people.
     *
     * @param otherwise why it may not: counted, when it may not
     */
    boolean mayQuarantine(Statement statement, Problem otherwise);

    /** Notes, inside the transaction that accepts a statement, that it waits for people. */
    void quarantine(Statement statement);
}
