package org.entente.evidence.succession;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;

/**
 * Holds the entries of a log's next incarnation against the declaration that opened it, as they are read: the first ones are those
 * that were read of the closed one, their root is the one that was declared, and the declaration stands at its place. Both the
 * declaration and the head over the entries are signed by the party, so a difference proves that it did not do what it declared.
 *
 * @param said what was declared
 * @param declaration the id of the statement that declared it
 * @param read what was read of the closed incarnation
 */
public record Continuation(LogReopened said, Digest declaration, Closed read) {
    /** What was read of the closed incarnation. */
    public interface Closed {
        /** Fewer when fewer were read. */
        List<Digest> entries(long from, int most);
    }

    /** The root over the first entries of the next incarnation, up to those that are judged. */
    @FunctionalInterface
    public interface Roots {
        Digest over(long first);
    }

    /**
     * Judges entries that follow on those judged before.
     *
     * @param from the place of the first
     * @param roots asked for sizes within what was read, these entries included
     */
    public Optional<Problem> difference(long from, List<Digest> entries, Roots roots) {
        long end = from + entries.size();
        long kept = Math.min(said.keeps().size(), end);
        if (from < kept) {
            List<Digest> before = read.entries(from, (int) (kept - from));
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).equals(entries.get(i))) {
                    return other(from + i);
                }
            }
        }
        boolean wrong = said.keeps().size() >= said.closed().size() && isOther(said.closed(), from, end, roots);
        if (wrong || isOther(said.keeps(), from, end, roots)) {
            return other(said.keeps().size());
        }
        long place = said.place();
        return from <= place
                        && place < end
                        && !entries.get((int) (place - from)).equals(declaration)
                ? other(place)
                : Optional.empty();
    }

    private static boolean isOther(LogReopened.Extent extent, long from, long end, Roots roots) {
        return from < extent.size()
                && extent.size() <= end
                && !roots.over(extent.size()).equals(extent.root());
    }

    private Optional<Problem> other(long place) {
        return Optional.of(Problem.of("reopening.not-as-declared", said.next(), Long.toString(place)));
    }
}
