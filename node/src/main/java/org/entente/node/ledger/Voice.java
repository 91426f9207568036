package org.entente.node.ledger;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCode;
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
    private final Runnable said;

    /**
     * Speaks with these keys.
     *
     * @param said is told after something was said, to wake whoever delivers
     */
    public Voice(
            TransactionOperations transactions,
            Statements statements,
            Outbox outbox,
            SecretKeys keys,
            Clock clock,
            Runnable said) {
        this.transactions = transactions;
        this.statements = statements;
        this.outbox = outbox;
        this.keys = keys;
        this.clock = clock;
        this.said = said;
    }

    /** Says what needs no approval; joins a transaction that is open. */
    public Statement say(Message message, Actor from, Actor to) {
        return say(message.draft(from, to, clock.instant()), message, to.party(), said -> {});
    }

    /**
     * Signs and says a draft; joins a transaction that is open.
     *
     * @param effect what else happens in the transaction, given the signed statement; it throws to undo everything
     */
    public Statement say(StatementDraft draft, Message message, PartyCode partner, Consumer<Statement> effect) {
        Statement statement = Statement.sign(draft, keys);
        pass(statement, message, List.of(partner), effect);
        return statement;
    }

    /** Passes on a statement that the party's root signed elsewhere, to all these partners or to none. */
    public void pass(Statement statement, Message message, List<PartyCode> partners, Consumer<Statement> effect) {
        transactions.executeWithoutResult(status -> {
            boolean recorded = false;
            for (PartyCode partner : partners) {
                if (statements.record(statement, message, partner, true)) {
                    outbox.append(new Outbox.Row(partner, statement.id(), statement.bytes()));
                    recorded = true;
                }
            }
            if (!recorded) {
                throw new IllegalStateException("this was said already: " + statement.id());
            }
            effect.accept(statement);
        });
        said.run();
    }
}
