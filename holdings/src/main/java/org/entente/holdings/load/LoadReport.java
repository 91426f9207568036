package org.entente.holdings.load;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.holdings.list.CellProblem;

/**
 * What a load took in. Every row is accepted, flagged (kept, with a doubt) or refused.
 *
 * @param listDate the day that the list gives itself
 * @param source digest of the file as given
 * @param problems the first {@link #PROBLEMS_KEPT_MAX} in the order of the rows; {@code problemsCounted} counts all
 */
public record LoadReport(
        Counts counts, Optional<LocalDate> listDate, Digest source, List<CellProblem> problems, long problemsCounted) {
    /** So many problems are kept word for word. */
    public static final int PROBLEMS_KEPT_MAX = 1_000;

    public LoadReport {
        problems = List.copyOf(problems);
    }

    /**
     * Rows by outcome, and the identifiers found in them.
     *
     * @param identifiers in all kept rows, repetitions counted
     * @param identifiersFlagged of these, with a warning
     */
    public record Counts(long accepted, long flagged, long refused, long identifiers, long identifiersFlagged) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /** All rows that should have been entries. */
        public long rows() {
            return accepted + flagged + refused;
        }

        /** Rows that became items. */
        public long kept() {
            return accepted + flagged;
        }

        Counts refuse() {
            return new Counts(accepted, flagged, refused + 1, identifiers, identifiersFlagged);
        }

        Counts keep(boolean doubtful, long found, long withWarning) {
            return new Counts(
                    accepted + (doubtful ? 0 : 1),
                    flagged + (doubtful ? 1 : 0),
                    refused,
                    identifiers + found,
                    identifiersFlagged + withWarning);
        }
    }
}
