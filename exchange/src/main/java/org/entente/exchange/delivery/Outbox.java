package org.entente.exchange.delivery;

import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;

/**
 * What this node has said and its partners have not yet acknowledged. Implemented on the node's database.
 *
 * <ul>
 *   <li>A statement, its leaf in the relationship's log, its effect here and its row in the outbox MUST commit in one
 *       transaction: {@link #append} is called inside it.
 *   <li>When a method returns, what it did MUST survive a crash of the process and of the machine. When the storage
 *       cannot promise that (a failed force), the method MUST throw, and the node MUST stop.
 *   <li>The order of a partner's rows MUST be that of their log leaves; no row is ever changed, only acknowledged or set
 *       aside, once.
 *   <li>Bodies that a statement names MUST be durable before its row is.
 * </ul>
 */
public interface Outbox {

    /**
     * A statement on its way.
     *
     * @param statement its id
     * @param bytes exactly as signed; sent unchanged at each attempt
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by its id, which covers what the bytes say.
    record Row(PartyCode partner, Digest statement, byte[] bytes) {}

    /** A statement that the partner will not have, for people to look at. */
    record SetAside(PartyCode partner, Digest statement, Problem problem) {}

    /** Puts statements last in their partners' order, each after those before it; an id a second time is a bug of the caller. */
    void append(List<Row> rows);

    /** The oldest rows that are neither acknowledged nor set aside, in order, at most so many. */
    List<Row> head(PartyCode partner, int rowsMax);

    /** How many wait, for back-pressure and for the screen. */
    long waiting(PartyCode partner);

    /** Whether more than so many wait. */
    default boolean isLongerThan(PartyCode partner, int rows) {
        return waiting(partner) > rows;
    }

    /** The statement is durable at the partner; asked again for the same, it does nothing. */
    void acknowledge(PartyCode partner, Digest statement);

    /** The same for many, which the partner answered together. */
    default void acknowledge(PartyCode partner, List<Digest> statements) {
        statements.forEach(statement -> acknowledge(partner, statement));
    }

    /** The partner refuses the statement for good; those behind it move up. */
    void setAside(SetAside refused);

    /** What was set aside and never will be sent again, oldest first. */
    List<SetAside> setAside(PartyCode partner);
}
