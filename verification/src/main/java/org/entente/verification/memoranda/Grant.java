package org.entente.verification.memoranda;

import java.util.List;

/**
 * A clause of an invented memorandum that lets something be done, as it will be written.
 *
 * @param number under which it stands
 * @param terms what it asks for beside its scope
 * @param handing what the receiver may do; written where something is handed over
 */
record Grant(String number, Kind kind, Scope scope, Terms terms, Handing handing) {
    /** What a clause lets be done. */
    enum Kind {
        RECONCILE("reconcile", 2),
        PROBE("probe", 3),
        RELEASE("release", 4),
        CONTRIBUTE("contribute", 8);

        private final String word;
        private final int article;

        Kind(String word, int article) {
            this.word = word;
            this.article = article;
        }

        /** The first part of the number of such a clause. */
        int article() {
            return article;
        }

        String word() {
            return word;
        }
    }

    /** Codes of categories, of the authorities on both sides, and of purposes. */
    record Scope(List<String> categories, List<String> by, List<String> counterpart, List<String> purposes) {
        Scope {
            categories = List.copyOf(categories);
            by = List.copyOf(by);
            counterpart = List.copyOf(counterpart);
            purposes = List.copyOf(purposes);
        }
    }

    /**
     * Conditions; a clause writes those that its kind has.
     *
     * @param officers that it asks for, whatever the category asks for
     * @param indexMin identifiers that an index holds at least
     * @param quota identifiers that may be asked about each month
     * @param watchDays the longest watch, asked daily at most; none: no watch
     * @param keepYears how long what is released is kept at most
     * @param lenient whether it does without a case and a grading, and takes cleared entries, what was not requested, and handling code H0
     */
    record Terms(int officers, int indexMin, int quota, int watchDays, int keepYears, boolean lenient) {}

    /**
     * What may be done with what was received, in the words of the language.
     *
     * @param use as evidence, for another purpose, and against an immediate threat
     * @param legalHold once its time is over
     */
    record Handing(Use use, Onward onward, String export, String legalHold) {}

    /** Words of the three uses that a clause may restrict. */
    record Use(String asEvidence, String otherPurpose, String threat) {}

    /**
     * Passing on.
     *
     * @param to who may have it without asking; of the receivers only
     * @param presumed whether consent is presumed for those that a request names
     */
    record Onward(String others, List<String> to, boolean presumed) {
        Onward {
            to = List.copyOf(to);
        }
    }

    /** Whether somebody of one party finds somebody of another. */
    boolean crossesParties() {
        return scope.by().stream()
                .anyMatch(one -> scope.counterpart().stream()
                        .anyMatch(other -> !party(one).equals(party(other))));
    }

    static String party(String authority) {
        return authority.substring(0, authority.indexOf('/'));
    }
}
