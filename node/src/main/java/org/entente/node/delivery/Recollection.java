package org.entente.node.delivery;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;

/** What statements had done at this node before its log was restored. Runs inside the transaction that restores the log. */
public interface Recollection {
    /**
     * Does again what a statement had done, without saying anything.
     *
     * @param said what this node is known to have said after it
     * @return the code of what it cannot do again, for people
     */
    Optional<String> recall(Statement statement, Message message, List<Message> said) throws Malformed;
}
