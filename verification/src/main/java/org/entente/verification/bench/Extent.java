package org.entente.verification.bench;

import java.util.Set;

/**
 * How much is measured.
 *
 * @param quick under 45 seconds; what is scaled down says so in its bars
 * @param only the parts to measure; all of them when it is empty
 * @param soakMinutes how long a soak lasts; 0 for none
 */
record Extent(boolean quick, Set<String> only, int soakMinutes) {
    /** Why a bar of another part has no value. */
    static final String LEFT_OUT = "left out by --only";

    Extent {
        only = Set.copyOf(only);
    }

    Extent(boolean quick, Set<String> only) {
        this(quick, only, 0);
    }

    boolean wants(String part) {
        return only.isEmpty() || only.contains(part);
    }
}
