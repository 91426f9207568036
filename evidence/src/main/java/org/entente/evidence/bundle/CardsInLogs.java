package org.entente.evidence.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardHistory;

/**
 * Which card of each party counts where in each of the two logs: the cards of the bundle to begin with, and the successions
 * and revocations that stand in it as statements, by their places. The places are claims until the logs were verified,
 * which happens in any case before anything is reported.
 */
final class CardsInLogs {
    private final List<PartyCard> first;
    private final List<LogEvidence> logs;

    /** For each log, the histories of the two parties in the order of the cards. */
    private final List<List<CardHistory>> histories = new ArrayList<>();

    private CardsInLogs(List<PartyCard> first, List<LogEvidence> logs) {
        this.first = first;
        this.logs = logs;
    }

    /**
     * Folds what stands about cards.
     *
     * @param first each party's card at the beginning of the bundle
     * @throws Malformed {@code bundle.statement-refused} or {@code bundle.succession-refused} with the statement's place
     */
    static CardsInLogs of(List<PartyCard> first, List<UnverifiedStatement> statements, List<LogEvidence> logs)
            throws Malformed {
        CardsInLogs cards = new CardsInLogs(first, logs);
        for (int log = 0; log < logs.size(); log++) {
            List<CardHistory> here = new ArrayList<>();
            for (PartyCard card : first) {
                here.add(cards.fold(CardHistory.of(card), statements, log));
            }
            cards.histories.add(here);
        }
        return cards;
    }

    private CardHistory fold(CardHistory begun, List<UnverifiedStatement> statements, int log) throws Malformed {
        PartyCard card = begun.latest();
        SortedMap<Long, Integer> byPlace = new TreeMap<>();
        for (int i = 0; i < statements.size(); i++) {
            UnverifiedStatement read = statements.get(i);
            boolean about = CardHistory.concerns(read.claimedKind())
                    && read.claimedFrom().party().equals(card.party());
            if (about && byPlace.put(place(log, i), i) != null) {
                throw new Malformed(
                        "bundle.statement-not-logged",
                        BundleVerification.place(i),
                        logs.get(log).origin());
            }
        }
        CardHistory history = begun;
        for (var entry : byPlace.entrySet()) {
            String shown = BundleVerification.place(entry.getValue());
            Statement statement;
            try {
                statement = statements
                        .get(entry.getValue())
                        .verify(card.root(), card.root().kid());
            } catch (Malformed refused) {
                throw new Malformed(
                        "bundle.statement-refused", shown, refused.problem().code());
            }
            history = switch (history.take(statement, entry.getKey())) {
                case CardHistory.Taken taken -> taken.next();
                case CardHistory.Unmoved _ -> history;
                case CardHistory.Refused refused ->
                    throw new Malformed(
                            "bundle.succession-refused",
                            shown,
                            refused.problem().code());
            };
        }
        return history;
    }

    private long place(int log, int statement) {
        return logs.get(log).inclusions().get(statement).index();
    }

    /** What one log says about the cards of one party. */
    CardHistory history(int log, PartyCode party) throws Malformed {
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i).party().equals(party)) {
                return histories.get(log).get(i);
            }
        }
        throw new Malformed("bundle.party-foreign", "0", party.text());
    }

    /**
     * The card under which a statement is to be verified: the same by its places in both logs.
     *
     * @throws Malformed {@code succession.…}, or {@code succession.logs-differ} when the logs disagree
     */
    PartyCard cardFor(UnverifiedStatement read, int statement) throws Malformed {
        PartyCode party = read.claimedFrom().party();
        PartyCard card = history(0, party).cardFor(read, place(0, statement));
        for (int log = 1; log < logs.size(); log++) {
            if (!history(log, party).cardFor(read, place(log, statement)).equals(card)) {
                throw new Malformed("succession.logs-differ", party.text());
            }
        }
        return card;
    }

    /** All cards of both parties. */
    List<PartyCard> all() {
        return histories.getFirst().stream()
                .flatMap(history -> history.cards().stream())
                .toList();
    }
}
