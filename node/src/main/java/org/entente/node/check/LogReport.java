package org.entente.node.check;

import java.util.Optional;
import org.entente.evidence.canonical.Problem;

/**
 * What the check of one log found.
 *
 * @param mirror what this node has read of the log that the partner keeps of the same relationship
 * @param difference the first thing that is not as it must be; what comes after it was not looked at
 */
public record LogReport(String origin, Counts counts, Mirror mirror, Optional<Problem> difference) {
    /**
     * How much was derived anew.
     *
     * @param leaves leaves, each from its statement with both signatures
     * @param checkpoints stored checkpoints with the root of their leaves and the log's signature
     * @param cosigned those of them that the partner has cosigned with both of its keys
     * @param receipts receipts that name a statement of this log, at its place where they are this party's own
     * @param unfounded receipts of the partner that name nothing that this party said: its word, kept, and worth nothing; and receipts
     *     that an incarnation which was opened anew took over, and that name a place of the closed one
     * @param tiles tiles of hashes, and the same tiles out of the bundles of entries
     */
    public record Counts(long leaves, long checkpoints, long cosigned, long receipts, long unfounded, long tiles) {}

    /**
     * How far the partner's log was read.
     *
     * @param entries kept entries of it
     * @param unseen those of them that name statements which are not here: on their way, refused, or never sent; the partner's
     *     word, and worth nothing
     */
    public record Mirror(long entries, long unseen) {
        static final Mirror NONE = new Mirror(0, 0);
    }

    /** The same log, with what is known of the partner's. */
    LogReport beside(Mirror read) {
        return new LogReport(origin, counts, read, difference);
    }

    /** The same log, with what is wrong with it. */
    LogReport differs(Problem problem) {
        return new LogReport(origin, counts, mirror, Optional.of(problem));
    }
}
