package org.entente.matching.probe;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.IndexSeries;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchInput;
import org.entente.matching.oprf.Voprf;

/**
 * An input with the tag and the mask that its evaluation gave: it is looked up again in each further generation of the same epoch without another
 * evaluation, because the key is the same. Worth nothing under another key. Prints its type only.
 */
public final class Evaluated {
    /** Tag (16) and mask (8). */
    public static final int BYTES = 24;

    private final MatchInput input;
    private final byte[] tagAndMask;

    private Evaluated(MatchInput input, byte[] tagAndMask) {
        this.input = input;
        this.tagAndMask = tagAndMask;
    }

    static Evaluated of(MatchInput input, byte[] outputs, int offset) {
        return new Evaluated(input, Arrays.copyOfRange(outputs, offset, offset + BYTES));
    }

    /** Takes up what {@link #tagAndMask} gave. */
    public static Evaluated of(MatchInput input, byte[] tagAndMask) {
        if (tagAndMask.length != BYTES) {
            throw new IllegalArgumentException("a tag and a mask have 24 bytes");
        }
        return new Evaluated(input, tagAndMask.clone());
    }

    public MatchInput input() {
        return input;
    }

    public byte[] tagAndMask() {
        return tagAndMask.clone();
    }

    /** What the generations say of the input; the newest word holds. */
    public ProbeFinding find(IndexSeries index) throws DamagedIndex {
        byte[] output = Arrays.copyOf(tagAndMask, Voprf.OUTPUT_BYTES);
        Optional<IndexSeries.Place> place = index.find(output, 0);
        if (place.isEmpty()) {
            return new ProbeFinding.NoHit(input);
        }
        Optional<Label> label = index.label(place.get(), output, 0);
        return label.isPresent()
                ? new ProbeFinding.Hit(input, label.get(), place.get())
                : new ProbeFinding.Unreadable(input, place.get());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evaluated that
                && input.equals(that.input)
                && MessageDigest.isEqual(tagAndMask, that.tagAndMask);
    }

    @Override
    public int hashCode() {
        return input.hashCode();
    }

    @Override
    public String toString() {
        return "Evaluated[" + input + "]";
    }
}
