package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;

/**
 * Who acts, towards whom, what for, on what, and when.
 *
 * @param by the authority that acts: that asks, indexes or hands over
 * @param counterpart the authority that is asked, for whom the index is built, or to whom an item is handed over
 * @param at the stated moment of the act, cut to whole seconds
 */
public record Circumstances(
        AuthorityCode by, AuthorityCode counterpart, Purpose purpose, Category category, Instant at) {
    public Circumstances {
        at = UtcSeconds.whole(at);
    }

    LocalDate day() {
        return Days.of(at);
    }
}
