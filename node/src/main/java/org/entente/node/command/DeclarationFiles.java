package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.exchange.delivery.Arrival;
import org.entente.memorandum.signing.LifecycleEvent;

/** Declarations about a memorandum, read from files and verified under cards that somebody has compared with their parties. */
final class DeclarationFiles {
    private final PinnedCards cards;

    DeclarationFiles(PinnedCards cards) {
        this.cards = cards;
    }

    /**
     * Reads one declaration.
     *
     * @throws Malformed {@code command.no-card} when no card of its party was given; else why it does not verify
     */
    LifecycleEvent read(Path file) throws IOException, Malformed {
        UnverifiedStatement statement = Statement.parse(SourceFile.read(file, Statement.BYTES_MAX));
        PartyCode party = statement.claimedFrom().party();
        PartyCard card = cards.card(party).orElseThrow(() -> new Malformed("command.no-card", party.text()));
        return LifecycleEvent.read(Arrival.verify(statement, card, Set.of()).statement(), card);
    }
}
