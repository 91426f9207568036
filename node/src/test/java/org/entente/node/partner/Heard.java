package org.entente.node.partner;

import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;

/** A statement that the node said to the partner, verified under the node's card. */
public record Heard(Statement statement, Message message) {}
