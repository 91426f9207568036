package org.entente.node.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Base64Text;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Ending;
import org.entente.node.body.BodyFiles;
import org.entente.node.comparison.IndexAct.Chance;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.party.Assurance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the epochs of our own indices when their time is up, and forgets what opens their leaves when nobody can hold a hit any more.
 *
 * <p>The statement, the mark in the database and the end of the key are one transaction in which the key goes last, and it is there whole or not at all. So
 * a crash leaves a working epoch, which the next sweep ends, or an epoch without a key, which the next sweep says; nothing is evaluated in between, because
 * time is up or the key is gone. Whoever evaluates holds the epoch in the transaction of the answer.
 */
public final class OwnEpochs {
    /** A hit lives ninety days, from an answer that came before the end; who requests it then has ninety more. */
    static final Duration OPENING_LIFE = Duration.ofDays(180);

    private static final Logger LOG = LoggerFactory.getLogger(OwnEpochs.class);

    private final Indices indices;
    private final Copies copies;
    private final Memoranda memoranda;
    private final Statements statements;
    private final Saying saying;
    private final Chance chance;

    /** Where copies of indices lie: opened on the shelf, and sealed as they travelled. */
    public record Copies(IndexShelf shelf, BodyFiles bodies) {
        /** Erases all that lies here of one generation. */
        void erase(Indices.Announced generation, Statements statements) throws IOException {
            shelf.erase(generation.facts().root());
            for (BodyReference body : statements
                    .find(generation.statement())
                    .orElseThrow()
                    .message()
                    .bodies()) {
                bodies.erase(body.ciphertext());
            }
        }
    }

    /** How an end is said, and to whom it may be: in an older copy, it may have been said already. */
    public record Saying(Voice voice, Assurance assurance) {}

    public OwnEpochs(
            Indices indices, Copies copies, Memoranda memoranda, Statements statements, Saying saying, Chance chance) {
        this.indices = indices;
        this.copies = copies;
        this.memoranda = memoranda;
        this.statements = statements;
        this.saying = saying;
        this.chance = chance;
    }

    /** Ends what is over and forgets what is long over; may be called at any time, and again after a crash. */
    public void sweep() {
        for (Indices.Announced index : indices.living()) {
            why(index).ifPresent(why -> attempt(index, () -> end(index, why)));
        }
        for (Indices.Announced index :
                indices.endedBefore(chance.clock().instant().minus(OPENING_LIFE))) {
            attempt(index, () -> forget(index));
        }
    }

    private interface Chore {
        void run() throws IOException;
    }

    private static void attempt(Indices.Announced index, Chore chore) {
        try {
            chore.run();
        } catch (IOException | RuntimeException e) {
            LOG.error("the epoch of index {} cannot be ended yet; it is tried again", index.statement(), e);
        }
    }

    private Optional<Ending.Why> why(Indices.Announced index) {
        Instant now = chance.clock().instant();
        if (!now.isBefore(index.facts().until())) {
            return Optional.of(Ending.Why.TERM);
        }
        if (memoranda.over(index.facts().memorandum(), now)) {
            return Optional.of(Ending.Why.MEMORANDUM);
        }
        return copies.shelf.holdsKey(index.facts().root()) ? Optional.empty() : Optional.of(Ending.Why.KEY_LOST);
    }

    private void end(Indices.Announced index, Ending.Why why) throws IOException {
        if (!saying.assurance.with(index.reader().party())) {
            // The key goes when it must; the end is said, and marked, when it is known that it was not said before.
            copies.shelf.destroyKey(index.facts().root());
            return;
        }
        Ending.EpochEnded message = message(index, why);
        saying.voice.say(
                message.draft(index.holder(), index.reader(), chance.clock().instant()),
                message,
                index.reader().party(),
                said -> {
                    if (!destroy(index)) {
                        throw new IllegalStateException("somebody else ended it meanwhile");
                    }
                });
        LOG.info("the epoch of index {} has ended ({}) and its key is destroyed", index.statement(), why.word());
    }

    static Ending.EpochEnded message(Indices.Announced index, Ending.Why why) {
        return new Ending.EpochEnded(
                index.statement(), Base64Text.url(index.facts().publicKey().encode()), why);
    }

    /** Marks the end and destroys the key, last; false when it had ended before. MUST be called in the transaction that says so. */
    public boolean destroy(Indices.Announced index) {
        if (!indices.ends().end(index.statement())) {
            return false;
        }
        try {
            copies.shelf.destroyKey(index.facts().root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private void forget(Indices.Announced whole) throws IOException {
        for (Indices.Announced generation : indices.allGenerations(whole)) {
            copies.erase(generation, statements);
        }
        indices.ends().erase(whole.statement());
    }
}
