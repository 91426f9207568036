package org.entente.memorandum.proof;

import java.util.EnumSet;
import java.util.Set;

/**
 * One of a few values, of which only so much is known as was asked: that it is among these.
 */
final class Candidates<T extends Enum<T>> {
    private final EnumSet<T> all;
    private final EnumSet<T> left;

    /** Any value; the first is the most ordinary. */
    Candidates(Class<T> kind) {
        this.all = EnumSet.allOf(kind);
        this.left = EnumSet.copyOf(all);
    }

    /** Makes ready for another run. */
    void forget() {
        left.addAll(all);
    }

    /** Whether it is among these; picked when it can be and can be another. */
    boolean among(Set<T> asked, Picks picks) {
        boolean ordinary = asked.contains(first());
        if (left.stream().allMatch(value -> asked.contains(value) == ordinary)) {
            return ordinary;
        }
        boolean among = picks.of(ordinary);
        left.removeIf(value -> asked.contains(value) != among);
        return among;
    }

    /** Whether anything was asked that not all values answer alike. */
    boolean asked() {
        return left.size() < all.size();
    }

    /** The most ordinary value that it can be. */
    T first() {
        return left.iterator().next();
    }
}
