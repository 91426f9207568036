package org.entente.holdings.identifier;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;

/** Names of countries in English, as lists write them, and their ISO 3166-1 codes (the JDK's table, and spellings it lacks). */
public final class Countries {
    private static final Map<String, String> BY_NAME = byName();

    private Countries() {}

    /** The alpha-2 code of a name or of an alpha-2 or alpha-3 code, in any case. */
    public static Optional<String> alpha2(String nameOrCode) {
        return Optional.ofNullable(BY_NAME.get(nameOrCode.strip().toLowerCase(Locale.ROOT)));
    }

    /** The alpha-3 code of an alpha-2 code; Kosovo's is the one that passports carry. */
    static String alpha3(String alpha2) {
        if (alpha2.equals("XK")) {
            return "RKS";
        }
        try {
            return Locale.of("", alpha2).getISO3Country();
        } catch (MissingResourceException unassigned) {
            return alpha2;
        }
    }

    private static Map<String, String> byName() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            codes.put(country.getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
            codes.put(code.toLowerCase(Locale.ROOT), code);
            codes.put(country.getISO3Country().toLowerCase(Locale.ROOT), code);
        }
        for (String spelling : SPELLINGS.split("\n", -1)) {
            int mark = spelling.indexOf('=');
            codes.put(spelling.substring(mark + 1), spelling.substring(0, mark));
        }
        return Collections.unmodifiableMap(codes);
    }

    private static final String SPELLINGS = """
            BA=bosnia and herzegovina
            BS=the bahamas
            BS=bahamas, the
            CD=congo, democratic republic of the
            CG=congo, republic of the
            CI=cote d ivoire
            CI=ivory coast
            CV=cape verde
            CZ=czech republic
            GB=england
            GM=gambia, the
            GM=the gambia
            HK=hong kong
            KP=korea, north
            KP=democratic people's republic of korea
            KR=korea, south
            LA=laos
            MK=macedonia
            MK=the former yugoslav republic of macedonia
            MK=north macedonia, the republic of
            MM=burma
            MO=macau
            PS=palestinian
            PS=palestine
            PS=west bank
            RU=russian federation
            SZ=swaziland
            TR=turkey
            US=usa
            VA=vatican city
            VG=virgin islands, british
            XK=kosovo
            XK=rks""";
}
