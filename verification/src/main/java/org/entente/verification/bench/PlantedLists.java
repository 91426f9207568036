package org.entente.verification.bench;

import java.util.ArrayList;
import java.util.List;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchInput;

/**
 * Two lists of made-up identifiers, of which a known part stands in both. They are numbers in a row: the first list ends and the second begins with the
 * common ones. Nothing is kept in memory.
 *
 * @param size identifiers of each list
 * @param common of them, how many stand in both
 */
record PlantedLists(int size, int common) {
    private static final long NUMBERS_FROM = 1_000_000_000_000_000L;

    PlantedLists {
        if (common < 1 || common > size) {
            throw new IllegalArgumentException(common + " of " + size);
        }
    }

    /** The identifiers of a party from one position of its list up to another. */
    List<MatchInput> inputs(Party party, int from, int to) {
        List<MatchInput> inputs = new ArrayList<>(to - from);
        for (int n = from; n < to; n++) {
            inputs.add(input(number(party, n)));
        }
        return inputs;
    }

    IndexRecord record(Party party, int position) {
        long number = number(party, position);
        return new IndexRecord(input(number), label(number), "record-" + number);
    }

    /** Whether an identifier stands in both lists. */
    boolean isCommon(MatchInput input) {
        long number = number(input);
        return number >= size - common && number < size;
    }

    /** The label under which each party has an identifier. */
    static Label label(MatchInput input) {
        return label(number(input));
    }

    private long number(Party party, int position) {
        return party == Party.FIRST ? position : (long) size - common + position;
    }

    private static MatchInput input(long number) {
        return new MatchInput("vin", 1, "V" + (NUMBERS_FROM + number));
    }

    private static long number(MatchInput input) {
        return Long.parseLong(input.value().substring(1)) - NUMBERS_FROM;
    }

    private static Label label(long number) {
        return new Label(7, (int) (number & 0xff), false, false, 20_000);
    }
}
