package org.entente.node.ledger;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.delivery.Outbox;
import org.entente.exchange.message.Message;

/**
 * The one way out. A statement is signed, and then it, its leaf, its effect here and its place in the outbox are written
 * in one transaction; nothing leaves the node that was not said here.
 */
public final class Voice {
    /** What officers may leave waiting for one partner; with bodies some gigabytes. */
    public static final int WAITING_MAX = 50_000;

    private final Sequencer sequencer;
    private final Statements statements;
    private final Outbox outbox;
    private final SecretKeys keys;
    private final Clock clock;
    private final Runnable said;
    private final Sequencer.Together<List<Statements.Fresh>> saying = this::sayEach;

    /**
     * Speaks with these keys.
     *
     * @param said is told after something was said, to wake whoever delivers
     */
    public Voice(
            Sequencer sequencer, Statements statements, Outbox outbox, SecretKeys keys, Clock clock, Runnable said) {
        this.sequencer = sequencer;
        this.statements = statements;
        this.outbox = outbox;
        this.keys = keys;
        this.clock = clock;
        this.said = said;
    }

    /**
     * Requires that the partner is not so far behind that officers would only add to what it may never read.
     *
     * @throws Malformed {@code act.partner-behind}
     */
    public void requireRoom(PartyCode partner) throws Malformed {
        if (outbox.isLongerThan(partner, WAITING_MAX)) {
            throw new Malformed("act.partner-behind", partner.text(), Integer.toString(WAITING_MAX));
        }
    }

    /** Says what needs no approval. */
    public Statement say(Message message, Actor from, Actor to) {
        Statement statement = Statement.sign(message.draft(from, to, clock.instant()), keys);
        pass(statement, message, List.of(to.party()));
        return statement;
    }

    /**
     * Signs and says a draft.
     *
     * @param effect what else happens in the transaction, given the signed statement; it throws to undo everything
     */
    public Statement say(StatementDraft draft, Message message, PartyCode partner, Consumer<Statement> effect) {
        Statement statement = Statement.sign(draft, keys);
        pass(statement, message, List.of(partner), effect);
        return statement;
    }

    /** Passes on a signed statement that is new to all these partners, to all of them or to none. */
    public void pass(Statement statement, Message message, List<PartyCode> partners) {
        sequencer.write(saying, fresh(statement, message, partners));
    }

    /** Passes on a statement that the party's root signed elsewhere, to those of these partners to whom it is new. */
    public void pass(Statement statement, Message message, List<PartyCode> partners, Consumer<Statement> effect) {
        sequencer.write(() -> {
            if (sayAll(fresh(statement, message, partners)).isEmpty()) {
                throw saidAlready(statement);
            }
            effect.accept(statement);
        });
    }

    private static List<Statements.Fresh> fresh(Statement statement, Message message, List<PartyCode> partners) {
        return partners.stream()
                .map(partner -> new Statements.Fresh(statement, message, partner, true))
                .toList();
    }

    private List<Statements.Fresh> sayAll(List<Statements.Fresh> all) {
        List<Statements.Fresh> recorded = statements.record(all);
        outbox.append(recorded.stream()
                .map(one -> new Outbox.Row(one.partner(), one.statement().id(), one.bytes()))
                .toList());
        sequencer.afterwards(said);
        return recorded;
    }

    private void sayEach(List<List<Statements.Fresh>> each) {
        List<Statements.Fresh> all = each.stream().flatMap(List::stream).toList();
        if (sayAll(all).size() != all.size()) {
            throw saidAlready(all.getFirst().statement());
        }
    }

    private static IllegalStateException saidAlready(Statement statement) {
        return new IllegalStateException("this was said already: " + statement.id());
    }
}
