package org.entente.matching.index;

import java.io.ByteArrayOutputStream;

/**
 * Entries that stand for no identifier, by their number: tag and masked label come from the salt key, so they need not be kept and are the same
 * in each attempt. Nobody without the key can tell them from entries.
 */
final class Dummies {
    private final SaltKey saltKey;
    /** The numbers of the dummies, grouped by the first byte of their tags. */
    private final int[] grouped;
    /** For each first byte where its group ends. */
    private final int[] ends = new int[IndexLayout.BUCKETS];

    Dummies(SaltKey saltKey, int count) {
        this.saltKey = saltKey;
        this.grouped = new int[count];
        SaltKey.Salter salter = saltKey.salter();
        byte[] buckets = new byte[count];
        for (int n = 0; n < count; n++) {
            buckets[n] = salter.dummy(n)[0];
            ends[buckets[n] & 0xff]++;
        }
        int[] next = new int[IndexLayout.BUCKETS];
        for (int bucket = 1; bucket < IndexLayout.BUCKETS; bucket++) {
            next[bucket] = ends[bucket - 1];
            ends[bucket] += ends[bucket - 1];
        }
        for (int n = 0; n < count; n++) {
            grouped[next[buckets[n] & 0xff]++] = n;
        }
    }

    int count() {
        return grouped.length;
    }

    int count(int bucket) {
        return ends[bucket] - start(bucket);
    }

    private int start(int bucket) {
        return bucket == 0 ? 0 : ends[bucket - 1];
    }

    /** The dummies of a bucket as rows of a run. */
    byte[] rows(int bucket) {
        SaltKey.Salter salter = saltKey.salter();
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int n = start(bucket); n < ends[bucket]; n++) {
            rows.writeBytes(Slice.dummyRow(salter.dummy(grouped[n])));
        }
        return rows.toByteArray();
    }
}
