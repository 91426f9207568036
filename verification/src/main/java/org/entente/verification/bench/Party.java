package org.entente.verification.bench;

/** Who compares its list with the other's. */
enum Party {
    FIRST,
    SECOND;

    Party other() {
        return this == FIRST ? SECOND : FIRST;
    }

    String word() {
        return this == FIRST ? "first" : "second";
    }
}
