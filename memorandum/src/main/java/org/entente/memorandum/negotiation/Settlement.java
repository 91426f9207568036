package org.entente.memorandum.negotiation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.language.Memorandum;

/** Whether every part is agreed, and whether the parts together are a memorandum that can be signed. */
public sealed interface Settlement {
    /**
     * Every part is agreed, and the whole is sound; its digest stands for signing.
     *
     * @param text the whole as YAML, every value written out; reading it gives the memorandum
     * @param doubts what its authors may not have meant
     */
    record Settled(Memorandum memorandum, String text, List<Flaw> doubts) implements Settlement {
        public Settled {
            doubts = List.copyOf(doubts);
        }
    }

    /** These parts are not agreed; none when nothing stands on the table. */
    record Open(SortedSet<Part> parts) implements Settlement {
        public Open {
            parts = Collections.unmodifiableSortedSet(new TreeSet<>(parts));
        }
    }

    /** Every part is agreed, and together they make no memorandum that could be signed; at least one flaw. */
    record Unsound(List<Flaw> flaws) implements Settlement {
        public Unsound {
            flaws = List.copyOf(flaws);
        }
    }

    /**
     * What is wrong with the whole.
     *
     * @param part where it shows, when it shows in one part
     * @param line of the text laid out as YAML, which the problem's sentence may name; 0 when it is about no line
     */
    record Flaw(Optional<Part> part, int line, Problem problem) {}
}
