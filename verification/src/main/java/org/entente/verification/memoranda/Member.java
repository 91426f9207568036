package org.entente.verification.memoranda;

import java.util.List;

/**
 * An authority of an invented memorandum.
 *
 * @param code as it is named in an act, {@code MX/POL-3}
 * @param kind as the memorandum's text says it
 * @param territory the country's code, or that of a part of it
 */
record Member(String code, String kind, String territory) {
    static final String UNIT = "financial-intelligence-unit";

    /** The authorities of a party, over and over; most parties have several police forces, each with a territory of its own. */
    private static final List<Office> OFFICES = List.of(
            new Office("FIU", UNIT, false),
            new Office("POL", "police", false),
            new Office("PRO", "prosecutor", false),
            new Office("CUS", "customs", false),
            new Office("TAX", "tax", false),
            new Office("SAN", "sanctions", false),
            new Office("INT", "intelligence", false),
            new Office("PRO", "prosecutor", false),
            new Office("POL", "police", true),
            new Office("POL", "police", true),
            new Office("PRO", "prosecutor", true),
            new Office("CUS", "customs", true));

    private record Office(String letters, String kind, boolean ofState) {}

    /** The authority of a country that comes at this place, counted from nothing. */
    static Member of(String country, int place) {
        Office office = OFFICES.get(place % OFFICES.size());
        String territory = office.ofState() ? country + "-" + letter(place) + "1" : country;
        return new Member(country + "/" + office.letters() + "-" + (place + 1), office.kind(), territory);
    }

    private static char letter(int place) {
        return (char) ('A' + place % 26);
    }

    String party() {
        return code.substring(0, code.indexOf('/'));
    }

    String name() {
        return code.substring(code.indexOf('/') + 1);
    }
}
