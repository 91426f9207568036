package org.entente.node.delivery;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardHistory;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Message;
import org.entente.node.ledger.Restoration;
import org.entente.node.party.Parties;

/** The entries with which a log goes on as its next incarnation, one after another: what came back is verified under the card of its new place. */
final class CarriedEntries {
    private final PartyCode own;
    private final PartyCode partner;
    private final long same;
    private final List<Digest> entries = new ArrayList<>();
    private final List<Restoration.Piece> pieces = new ArrayList<>();
    private CardHistory ours;
    private CardHistory theirs;

    /**
     * Goes on behind the first entries of a log.
     *
     * @param same how many of its leading entries stay where they are
     */
    CarriedEntries(Parties parties, PartyCode partner, String origin, long same) {
        this.own = parties.own().party();
        this.partner = partner;
        this.same = same;
        this.ours = parties.history(own, origin, same);
        this.theirs = parties.history(partner, origin, same);
    }

    long size() {
        return same + entries.size();
    }

    List<Digest> entries() {
        return List.copyOf(entries);
    }

    /** The statements that came back. */
    List<Restoration.Piece> pieces() {
        return List.copyOf(pieces);
    }

    /** Takes an entry whose statement is here. */
    void add(Statement statement) {
        if (CardHistory.concerns(statement)) {
            follow(statement);
        }
        entries.add(statement.id());
    }

    /**
     * Takes an entry whose statement came back.
     *
     * @throws Malformed when a signature does not hold, somebody else speaks, or this party's own keys were replaced since
     */
    void add(UnverifiedStatement claimed) throws Malformed {
        PartyCode speaker = claimed.claimedFrom().party();
        String place = Long.toString(size());
        if (!speaker.equals(own) && !speaker.equals(partner)) {
            throw new Malformed("restore.speaker-other", place, speaker.text());
        }
        CardHistory cards = speaker.equals(own) ? ours : theirs;
        Statement statement = Arrival.verify(claimed, cards.cardFor(claimed, size()), java.util.Set.of())
                .statement();
        if (speaker.equals(own) && CardHistory.concerns(statement)) {
            throw new Malformed(LogReopening.KEYS_OLDER, place);
        }
        Message message = Message.read(statement);
        add(statement);
        pieces.add(new Restoration.Piece(statement, message, speaker.equals(own)));
    }

    private void follow(Statement statement) {
        boolean isOurs = statement.from().party().equals(own);
        if ((isOurs ? ours : theirs).take(statement, size()) instanceof CardHistory.Taken taken) {
            if (isOurs) {
                ours = taken.next();
            } else {
                theirs = taken.next();
            }
        }
    }

    /** Whether a statement of this party would count behind all of them. */
    boolean wouldCount(Statement declaration) {
        return declaration.signedBy(ours.latest());
    }
}
