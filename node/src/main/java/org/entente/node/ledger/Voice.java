package org.entente.node.ledger;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.delivery.Outbox;
import org.entente.exchange.message.Message;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The one way out. A statement is signed, and then it, its leaf, its effect here and its place in the outbox are written
 * in one transaction; nothing leaves the node that was not said here.
 */
public final class Voice {
    private final TransactionOperations transactions;
    private final Statements statements;
    private final Outbox outbox;
    private final SecretKeys keys;
    private final Clock clock;

    public Voice(
            TransactionOperations transactions, Statements statements, Outbox outbox, SecretKeys keys, Clock clock) {
        this.transactions = transactions;
        this.statements = statements;
        this.outbox = outbox;
        this.keys = keys;
        this.clock = clock;
    }

    /** Says what needs no approval; joins a transaction that is open. */
    public Statement say(Message message, Actor from, Actor to) {
        return say(message, from, to, List.of(), said -> {});
    }

    /**
     * Says a message with its officers' approvals; joins a transaction that is open.
     *
     * @param effect what else happens in the transaction, given the signed statement; it throws to undo everything
     */
    public Statement say(
            Message message, Actor from, Actor to, List<Statement> approvals, Consumer<Statement> effect) {
        return transactions.execute(status -> {
            StatementDraft draft = message.draft(from, to, clock.instant());
            Statement statement =
                    Statement.sign(approvals.isEmpty() ? draft : draft.withApprovals(approvals), keys);
            if (!statements.record(statement, message, to.party(), true)) {
                throw new IllegalStateException("the same was said in the same second already: " + statement.id());
            }
            effect.accept(statement);
            outbox.append(new Outbox.Row(to.party(), statement.id(), statement.bytes()));
            return statement;
        });
    }
}
