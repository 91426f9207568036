package org.entente.memorandum.decision;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.language.Party;

/** The answer to "may this be done?", always with the clauses that give it. */
public sealed interface Decision {
    /** The clauses that the answer rests on; empty only when no memorandum applies at all. */
    List<Citation> clauses();

    /** It may be done, and this is owed for it. */
    record Permitted(List<Citation> clauses, List<Obligation> obligations) implements Decision {
        public Permitted {
            clauses = List.copyOf(clauses);
            obligations = List.copyOf(obligations);
        }
    }

    /**
     * It may be done once these authorities consent; everything else is in order.
     *
     * @param why the reason, as a code of the catalogue
     */
    record ConsentNeeded(List<Citation> clauses, SortedSet<AuthorityCode> from, Problem why) implements Decision {
        public ConsentNeeded {
            clauses = List.copyOf(clauses);
            SortedSet<AuthorityCode> sorted = new TreeSet<>(Party.ORDER);
            sorted.addAll(from);
            from = Collections.unmodifiableSortedSet(sorted);
        }
    }

    /**
     * It may not be done.
     *
     * @param clauses the clause that refuses it
     * @param problem why, and what would have to be different
     */
    record Refused(List<Citation> clauses, Problem problem) implements Decision {
        public Refused {
            clauses = List.copyOf(clauses);
        }
    }
}
