package org.entente.node.canary;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.Identifier;
import org.entente.memorandum.item.Category;

/**
 * A number that nobody has, in the indices of an authority's category. Prints without its value.
 *
 * @param number under which this node keeps it
 * @param guise what its label says
 */
public record Canary(long number, Identifier identifier, Place place, Guise guise, Life life) {
    private static final String RECORD = "canary-";

    /** Whose indices of which category it stands in. */
    public record Place(AuthorityCode authority, Category category) {}

    /**
     * The look of an ordinary entry of the category.
     *
     * @param status word of the list's status; empty where the category's list has none
     */
    public record Guise(String status, LocalDate since) {}

    /** Who planted it, and how it ended. */
    public record Life(String plantedBy, Instant plantedAt, Optional<Withdrawal> withdrawn) {}

    /** Why it stands in no later index: an officer took it back, or a load brought the same number. */
    public enum Why {
        OFFICER("officer"),
        HELD("held");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** From when on it stands in no index that is built. */
    public record Withdrawal(Instant at, Why why) {}

    /** Whether it goes into an index that is built now. */
    public boolean standing() {
        return life.withdrawn.isEmpty();
    }

    /** Its name in an index's openings, in a space of its own; it stands there alone, so no opening that is given out shows it. */
    public String record() {
        return RECORD + number;
    }

    /** The numbers of the canaries among an entry's records. */
    static Long[] numbers(Iterable<String> records) {
        java.util.List<Long> numbers = new java.util.ArrayList<>();
        for (String record : records) {
            if (record.matches(RECORD + "[0-9]{1,18}")) {
                numbers.add(Long.valueOf(record.substring(RECORD.length())));
            }
        }
        return numbers.toArray(Long[]::new);
    }
}
