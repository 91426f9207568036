package org.entente.matching.index;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The generations of one epoch's index, looked up as one: the whole list, then each set of changes. The newest word on a tag holds, be it an entry or a
 * removal. Each further generation costs each look-up another one, so an epoch that has many of them is better ended.
 */
public final class IndexSeries {
    private final List<MatchIndex> generations;

    private IndexSeries(List<MatchIndex> generations) {
        this.generations = List.copyOf(generations);
    }

    /**
     * Puts generations together, from 0 upwards without a gap, under one key, epoch and context.
     *
     * @throws DamagedIndex {@link DamagedIndex.Reason#OTHER_GENERATION}
     */
    public static IndexSeries of(List<MatchIndex> generations) throws DamagedIndex {
        for (int n = 0; n < generations.size(); n++) {
            MatchIndex first = generations.getFirst();
            MatchIndex next = generations.get(n);
            boolean follows = next.generation() == n
                    && next.epoch() == first.epoch()
                    && next.announcement().equals(first.announcement())
                    && next.publicKey().equals(first.publicKey());
            if (!follows) {
                throw new DamagedIndex(DamagedIndex.Reason.OTHER_GENERATION);
            }
        }
        if (generations.isEmpty()) {
            throw new DamagedIndex(DamagedIndex.Reason.OTHER_GENERATION);
        }
        return new IndexSeries(generations);
    }

    /** The whole list alone. */
    public static IndexSeries of(MatchIndex whole) throws DamagedIndex {
        return of(List.of(whole));
    }

    /** Where an entry stands. */
    public record Place(int generation, long position) {}

    public MatchIndex generation(int number) {
        return generations.get(number);
    }

    public int size() {
        return generations.size();
    }

    /** Where the newest entry stands whose tag the output at {@code outputs[offset …]} begins with, unless it was taken away since. */
    public Optional<Place> find(byte[] outputs, int offset) throws DamagedIndex {
        for (int number = generations.size() - 1; number >= 0; number--) {
            MatchIndex generation = generations.get(number);
            OptionalLong position = generation.find(outputs, offset);
            if (position.isPresent()) {
                return Optional.of(new Place(number, position.getAsLong()));
            }
            if (generation.removes(outputs, offset)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The label of an entry under the mask of the output that found it; empty when it is no label. */
    public Optional<Label> label(Place place, byte[] outputs, int offset) throws DamagedIndex {
        return generations.get(place.generation).label(place.position, outputs, offset);
    }
}
