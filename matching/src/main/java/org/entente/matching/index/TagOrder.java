package org.entente.matching.index;

import java.util.Arrays;

/**
 * Sorts rows by their tags, compared as unsigned bytes. The leading bits of a tag and the number of its row are packed into one long and
 * sorted as numbers; as tags are uniform, the leading bits decide, and the few rows that they leave equal are put right
 * afterwards. Rows of one tag keep their order.
 */
final class TagOrder {
    private TagOrder() {}

    /** The numbers of the rows in the order of their tags. */
    static int[] of(long[] high, long[] low, int count) {
        long rowMask = count <= 1 ? 0 : (Long.highestOneBit(count - 1L) << 1) - 1;
        long[] keys = new long[count];
        for (int row = 0; row < count; row++) {
            keys[row] = ((high[row] & ~rowMask) ^ Long.MIN_VALUE) | row;
        }
        Arrays.sort(keys);
        int[] order = new int[count];
        for (int n = 0; n < count; n++) {
            int row = (int) (keys[n] & rowMask);
            int at = n;
            while (at > 0 && compare(high, low, order[at - 1], row) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = row;
        }
        return order;
    }

    private static int compare(long[] high, long[] low, int one, int other) {
        int first = Long.compareUnsigned(high[one], high[other]);
        return first != 0 ? first : Long.compareUnsigned(low[one], low[other]);
    }
}
