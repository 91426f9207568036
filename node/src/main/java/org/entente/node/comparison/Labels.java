package org.entente.node.comparison;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.entente.holdings.identifier.Identifier;
import org.entente.matching.index.Label;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.ListStatus;
import org.entente.node.canary.Canary;
import org.entente.node.holding.Holdings;

/**
 * What the numbers in a hit's label mean. The statuses are those of the lists that are read today; a number, once given,
 * keeps its meaning for ever.
 */
final class Labels {
    private static final int UNKNOWN = 0;
    private static final int CATEGORY_OF_THE_INDEX = 0;

    /** In the order of their numbers, from 1. */
    private static final List<String> STATUSES =
            List.of("SDN", "Presunto", "Definitivo", "Desvirtuado", "Sentencia Favorable", "Delisted");

    private Labels() {}

    /** The category is the index's own and needs no number in the label. */
    static Label label(Holdings.Held held, Identifier identifier) {
        Envelope envelope = held.item().envelope();
        Optional<ListStatus> status = envelope.listStatus();
        return new Label(
                CATEGORY_OF_THE_INDEX,
                status.map(given -> number(given.status())).orElse(UNKNOWN),
                !identifier.warnings().isEmpty(),
                envelope.cleared(),
                Math.toIntExact(held.since().toEpochDay()));
    }

    /** A canary's label is made as that of an ordinary entry: its number passes every check, and nobody cleared it. */
    static Label label(Canary canary) {
        return new Label(
                CATEGORY_OF_THE_INDEX,
                number(canary.guise().status()),
                !canary.identifier().warnings().isEmpty(),
                false,
                Math.toIntExact(canary.guise().since().toEpochDay()));
    }

    /** The status word of a label; empty for a list without statuses, or one that this version does not know. */
    static String status(Label label) {
        int number = label.listStatus();
        return number >= 1 && number <= STATUSES.size() ? STATUSES.get(number - 1) : "";
    }

    static LocalDate since(Label label) {
        return LocalDate.ofEpochDay(label.daysSince1970());
    }

    private static int number(String word) {
        for (int i = 0; i < STATUSES.size(); i++) {
            if (STATUSES.get(i).toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
                return i + 1;
            }
        }
        return UNKNOWN;
    }
}
