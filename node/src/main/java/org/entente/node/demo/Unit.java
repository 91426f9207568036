package org.entente.node.demo;

import java.util.List;
import java.util.Locale;

/**
 * Who takes part: a party with its authorities, and the one authority whose officers act.
 *
 * @param acting the financial intelligence unit, without the party
 * @param publisher the authority that publishes the party's list
 * @param listFormat the format of that list
 */
record Unit(String party, Names names, List<String> authorities, String acting, String publisher, String listFormat) {

    /** A party's name in both languages, and its colour. */
    record Names(String english, String spanish, String colour) {}

    static final Unit MX = new Unit(
            "MX",
            new Names("United Mexican States", "Estados Unidos Mexicanos", "#0b6b3a"),
            List.of("UIF", "FGR", "ANAM", "SAT", "SSP-SIN"),
            "UIF",
            "SAT",
            "sat-69b");
    static final Unit US = new Unit(
            "US",
            new Names("United States of America", "Estados Unidos de América", "#1f4e9c"),
            List.of("FINCEN", "DEA", "ATF", "CBP", "OFAC"),
            "FINCEN",
            "OFAC",
            "ofac-sdn");

    /** The acting authority with its party, as statements name it. */
    String authority() {
        return of(acting);
    }

    String publishing() {
        return of(publisher);
    }

    String of(String code) {
        return party + "/" + code;
    }

    /** The folder's name. */
    String folder() {
        return party.toLowerCase(Locale.ROOT);
    }
}
