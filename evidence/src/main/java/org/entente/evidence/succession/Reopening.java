package org.entente.evidence.succession;

import java.util.OptionalInt;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.LogNames;

/**
 * Whether the counterpart, which is the witness of a log, lets a declaration count that the log is closed and goes on as its next
 * incarnation. A party that may rename its log at will could drop what it regrets; so the name changes once for each number,
 * the declaration binds the newest head that the witness has cosigned, and whatever of it does not go on is counted and left to a person.
 *
 * <p>What is judged here is what the declaration says. That the next incarnation holds it is judged when its entries are
 * read, by {@link Continuation}.
 */
public sealed interface Reopening {
    /** It counts at once: all that was cosigned goes on. */
    record Counts() implements Reopening {}

    /**
     * It counts once a person of the witness says so.
     *
     * @param entries how many of those that were cosigned do not stand at their places any more
     */
    record Loses(long entries) implements Reopening {}

    /** It never counts. Signed by the party, it may be evidence against it. */
    record Refused(Problem problem) implements Reopening {}

    /** The entries of the log that the witness has read, from the first on. */
    interface Entries {
        long size();

        /** The root over the first so many of them. */
        Digest root(long first);
    }

    /**
     * What the witness knows of the log.
     *
     * @param newest the number of the newest incarnation that was declared; 1 if none was
     * @param counts whether that one counts, or a person is still to say so
     * @param cosigned the newest head of the incarnation that counts which the witness has cosigned
     */
    record Known(
            PartyCode owner,
            PartyCode counterpart,
            int newest,
            boolean counts,
            LogReopened.Extent cosigned,
            Entries read) {}

    /** Judges what a statement of the log's owner says, which was verified. */
    static Reopening judge(LogReopened said, Known known) {
        OptionalInt closed = LogNames.incarnation(said.origin(), known.owner, known.counterpart);
        OptionalInt next = LogNames.incarnation(said.next(), known.owner, known.counterpart);
        if (closed.isEmpty() || next.isEmpty()) {
            return refused("reopening.log-other", known.owner.text(), Problem.shown(said.origin()));
        }
        int number = closed.getAsInt();
        if (number < known.newest - 1) {
            return refused("reopening.superseded", said.origin(), Integer.toString(known.newest));
        }
        if (number == known.newest - 1) {
            return refused("reopening.second", said.origin());
        }
        if (number > known.newest || next.getAsInt() != number + 1) {
            return refused("reopening.number-skipped", said.next(), Integer.toString(known.newest + 1));
        }
        if (!known.counts) {
            return refused("reopening.undecided", said.origin());
        }
        return judgeHeads(said, known);
    }

    private static Reopening judgeHeads(LogReopened said, Known known) {
        LogReopened.Extent closed = said.closed();
        String size = Long.toString(closed.size());
        String cosigned = Long.toString(known.cosigned.size());
        if (closed.size() < known.cosigned.size()) {
            return refused("reopening.hides", size, cosigned);
        }
        if (closed.size() > known.cosigned.size()) {
            return refused("reopening.closed-unknown", size, cosigned);
        }
        if (!closed.root().equals(known.cosigned.root())) {
            return refused("reopening.closed-other", size);
        }
        LogReopened.Extent keeps = said.keeps();
        if (keeps.size() <= known.read.size() && !known.read.root(keeps.size()).equals(keeps.root())) {
            return refused("reopening.prefix-other", Long.toString(keeps.size()));
        }
        return said.lost() == 0 ? new Counts() : new Loses(said.lost());
    }

    private static Refused refused(String code, String... arguments) {
        return new Refused(Problem.of(code, arguments));
    }
}
