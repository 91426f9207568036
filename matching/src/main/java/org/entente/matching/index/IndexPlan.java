package org.entente.matching.index;

import java.util.Comparator;

/**
 * What both sides agreed on, or the memorandum names, for the index of an epoch, or for one generation of it.
 *
 * @param announcement digest of the signed statement that announced the public key
 * @param epoch number of the epoch
 * @param paddingStep the number of entries is rounded up to a multiple of this, at least one step
 * @param minimumIdentifiers an index of fewer distinct identifiers is not built: it would show too much by its size
 * @param generation 0 for the whole list; then one more for each set of changes within the epoch
 * @param protectiveness orders labels; where several records share an identifier, the greatest is the one that a hit shows. Labels that
 *     it holds equal are ordered by their bytes, so that the result does not hang on the order of records.
 */
public record IndexPlan(
        Digest announcement,
        long epoch,
        int generation,
        int paddingStep,
        int minimumIdentifiers,
        Comparator<Label> protectiveness) {
    public static final int PADDING_STEP_MAX = 1 << 24;

    public IndexPlan {
        if (epoch < 0 || minimumIdentifiers < 0 || paddingStep < 1 || paddingStep > PADDING_STEP_MAX) {
            throw new IllegalArgumentException("epoch, padding step or minimum out of range");
        }
        if (generation < 0 || generation > IndexLayout.GENERATIONS_MAX) {
            throw new IllegalArgumentException("an epoch has at most 1024 generations after the first");
        }
    }

    /** The plan of a whole list. */
    public IndexPlan(
            Digest announcement,
            long epoch,
            int paddingStep,
            int minimumIdentifiers,
            Comparator<Label> protectiveness) {
        this(announcement, epoch, 0, paddingStep, minimumIdentifiers, protectiveness);
    }

    /** The plan of a set of changes after it: one generation further, and however few there are. */
    public IndexPlan next() {
        return new IndexPlan(announcement, epoch, generation + 1, paddingStep, 0, protectiveness);
    }

    Label mostProtective(Label one, Label other) {
        return protectiveness.thenComparingLong(Label::encode).compare(one, other) >= 0 ? one : other;
    }
}
