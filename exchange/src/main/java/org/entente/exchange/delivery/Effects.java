package org.entente.exchange.delivery;

import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;

/** What an accepted statement does at this node. Runs inside the transaction that accepts it: all of it happens, or nothing. */
public interface Effects {
    /** Applies a statement for the first and only time; what it cannot permit, it answers with a refusal. */
    void apply(Statement statement, Message message);
}
