package org.entente.verification.memoranda;

import java.util.List;

/**
 * A category of an invented memorandum.
 *
 * @param secrecy the regime that it provides for, or {@code none}
 * @param onlyBetween kinds of authority; none meaning all
 */
record Holding(String code, String secrecy, List<String> onlyBetween, boolean sensitive, boolean jointOnly) {
    static final Holding FIREARM = new Holding("firearm", "none", List.of(), true, true);

    static final List<Holding> ALL = List.of(
            new Holding("public-list-entry", "none", List.of(), false, false),
            new Holding("company", "none", List.of(), false, false),
            new Holding("vehicle", "none", List.of(), false, false),
            new Holding("consignment", "none", List.of(), false, false),
            new Holding("financial-account", "financial", List.of(), false, false),
            new Holding("tax-record", "tax", List.of("tax", Member.UNIT), false, false),
            new Holding("suspicious-report", "suspicious-report", List.of(Member.UNIT), true, false),
            new Holding("person", "none", List.of(), true, false),
            FIREARM);

    static Holding of(String code) {
        return ALL.stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such category: " + code));
    }

    boolean mayPass(String kind) {
        return onlyBetween.isEmpty() || onlyBetween.contains(kind);
    }
}
