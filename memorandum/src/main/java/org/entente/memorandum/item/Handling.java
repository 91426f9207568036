package org.entente.memorandum.item;

/**
 * How an item must be handled: the Europol handling code, and the audience by the Traffic Light Protocol 2.0. In
 * both lists a later constant restricts more, so that "at least" is a comparison.
 */
public record Handling(Code code, Audience audience) {
    /** Europol handling codes. */
    public enum Code implements Word {
        /** May be used to prevent and combat crime. */
        H0,
        /** Not to be disclosed in judicial proceedings without the provider's permission. */
        H1,
        /** Not to be disseminated without the provider's permission. */
        H2,
        /** Other restrictions, which the item states. */
        H3;

        @Override
        public String word() {
            return name();
        }
    }

    /** TLP 2.0 labels (FIRST, August 2022). */
    public enum Audience implements Word {
        CLEAR("CLEAR"),
        GREEN("GREEN"),
        AMBER("AMBER"),
        AMBER_STRICT("AMBER+STRICT"),
        RED("RED");

        private final String word;

        Audience(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    public boolean atLeast(Code floor) {
        return code.compareTo(floor) >= 0;
    }
}
