package org.entente.node.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardHistory;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.node.ledger.Restoration;
import org.entente.node.party.Parties;
import tools.jackson.databind.JsonNode;

/** Entries of a log that come back, one after another: each statement verified under the card of its place, before any is written. */
final class RecoveredSegment {
    private final PartyCode own;
    private final PartyCode partner;
    private final CardHistory ours;
    private final long from;
    private final List<Digest> entries = new ArrayList<>();
    private final List<Restoration.Piece> pieces = new ArrayList<>();
    private final Set<Digest> refused = new HashSet<>();
    private CardHistory theirs;
    private long bytes;

    RecoveredSegment(Parties parties, PartyCode partner, String origin, long from) {
        this.own = parties.own().party();
        this.partner = partner;
        this.ours = parties.history(own, origin);
        this.theirs = parties.history(partner, origin);
        this.from = from;
    }

    static Digest idOf(JsonNode document) throws Malformed {
        return Statement.of(document).id();
    }

    /** Notes what the partner had refused for good. */
    void refused(Set<Digest> statements) {
        refused.addAll(statements);
    }

    /**
     * Takes the next entries.
     *
     * @param documents by id, of those that are not here
     * @throws Malformed when a signature does not hold, somebody else speaks, or this party's own keys were replaced since
     */
    void add(List<Digest> next, Map<Digest, JsonNode> documents) throws Malformed {
        for (Digest id : next) {
            JsonNode document = documents.get(id);
            if (document != null) {
                Restoration.Piece piece = verified(Statement.of(document), from + entries.size());
                bytes += piece.statement().bytes().length;
                pieces.add(piece);
            }
            entries.add(id);
        }
    }

    private Restoration.Piece verified(UnverifiedStatement claimed, long place) throws Malformed {
        PartyCode speaker = claimed.claimedFrom().party();
        if (!speaker.equals(own) && !speaker.equals(partner)) {
            throw new Malformed("restore.speaker-other", Long.toString(place), speaker.text());
        }
        CardHistory cards = speaker.equals(own) ? ours : theirs;
        Statement statement =
                Arrival.verify(claimed, cards.cardFor(claimed, place), Set.of()).statement();
        if (CardHistory.concerns(statement)) {
            follow(statement, place);
        }
        return new Restoration.Piece(statement, Message.read(statement), speaker.equals(own));
    }

    private void follow(Statement statement, long place) throws Malformed {
        if (statement.from().party().equals(own)) {
            throw new Malformed("restore.keys-older", Long.toString(place));
        }
        switch (theirs.take(statement, place)) {
            case CardHistory.Taken taken -> theirs = taken.next();
            case CardHistory.Unmoved _ -> {
                // It is logged, and changes nothing.
            }
            case CardHistory.Refused refusedCard -> throw new Malformed(refusedCard.problem());
        }
    }

    /** The length of the statements that were not here. */
    long bytes() {
        return bytes;
    }

    /** Whether what this node had said at once to the last statement of the partner is complete here. */
    boolean mayEnd() {
        return !pieces.isEmpty()
                && pieces.getLast().outgoing()
                && !(pieces.getLast().message() instanceof Reply.Receipt);
    }

    /** The partner's newest card, by what came back. */
    PartyCard partnersCard() {
        return theirs.latest();
    }

    Restoration.Segment segment() {
        return new Restoration.Segment(from, List.copyOf(entries), List.copyOf(pieces), Set.copyOf(refused));
    }
}
