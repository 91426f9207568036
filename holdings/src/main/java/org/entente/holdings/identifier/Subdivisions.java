package org.entente.holdings.identifier;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The states of Mexico and the United States: ISO 3166-2 codes, and the names and abbreviations that addresses carry. */
public final class Subdivisions {
    private static final int ADDRESS_PARTS_READ = 4;
    private static final Set<String> MEXICO = Set.of("MX", "MEXICO", "ESTADOS UNIDOS MEXICANOS");
    private static final Set<String> UNITED_STATES = Set.of(
            "US",
            "USA",
            "U S",
            "U S A",
            "EUA",
            "E U A",
            "EEUU",
            "UNITED STATES",
            "UNITED STATES OF AMERICA",
            "ESTADOS UNIDOS",
            "ESTADOS UNIDOS DE AMERICA");

    /** Also the names of cities elsewhere, so in an address they do not say the state. */
    private static final Set<String> CITIES_ELSEWHERE = Set.of("WASHINGTON");

    private static final Map<String, String> BY_NAME = byName();
    private static final Map<String, String> BY_ABBREVIATION = byAbbreviation();
    private static final Set<String> CODES = Set.copyOf(BY_NAME.values());

    private Subdivisions() {}

    /** The code of a code or of a full name, in any case and with or without accents; abbreviations alone are ambiguous. */
    public static Optional<String> code(String text) {
        if (text.length() > Spelling.TEXT_CHARS_MAX) {
            return Optional.empty();
        }
        String written = text.strip().toUpperCase(Locale.ROOT);
        return CODES.contains(written)
                ? Optional.of(written)
                : Optional.ofNullable(BY_NAME.get(NameTokens.joined(text)));
    }

    /**
     * The state that an address in one line names, when it is a code, or when the country is Mexico or the United States
     * and one of its last parts, between commas, is the name or the abbreviation of a state, with or without a postal code.
     *
     * @param countries lower-case alpha-2 codes beside the address; the address's own country goes before them
     */
    public static Optional<String> ofAddress(String address, Collection<String> countries) {
        if (address.length() > Spelling.TEXT_CHARS_MAX) {
            return Optional.empty();
        }
        String line = address.strip().toUpperCase(Locale.ROOT);
        if (CODES.contains(line)) {
            return Optional.of(line);
        }
        List<String> parts = Arrays.stream(address.split("[,;\n]", -1))
                .map(part -> NameTokens.joined(part.replaceAll("[0-9][0-9-]*", " ")))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toList());
        Optional<String> country = parts.isEmpty() ? Optional.empty() : country(parts.getLast());
        if (country.isPresent()) {
            parts.removeLast();
        } else if (countries.size() == 1) {
            country = country(countries.iterator().next().toUpperCase(Locale.ROOT));
        }
        if (country.isEmpty()) {
            return Optional.empty();
        }
        Collections.reverse(parts);
        String prefix = country.get() + "-";
        return parts.stream()
                .limit(ADDRESS_PARTS_READ)
                .filter(part -> !CITIES_ELSEWHERE.contains(part))
                .map(part -> BY_NAME.getOrDefault(part, BY_ABBREVIATION.getOrDefault(prefix + part, "")))
                .filter(code -> code.startsWith(prefix))
                .findFirst();
    }

    private static Optional<String> country(String part) {
        return MEXICO.contains(part)
                ? Optional.of("MX")
                : UNITED_STATES.contains(part) ? Optional.of("US") : Optional.empty();
    }

    private static Map<String, String> byName() {
        Map<String, String> codes = new HashMap<>();
        for (String line : TABLE.split("\n", -1)) {
            String[] columns = line.split("=", -1);
            for (String name : columns[1].split("/", -1)) {
                codes.put(NameTokens.joined(name), columns[0]);
            }
        }
        return Map.copyOf(codes);
    }

    private static Map<String, String> byAbbreviation() {
        Map<String, String> codes = new HashMap<>();
        for (String line : TABLE.split("\n", -1)) {
            String[] columns = line.split("=", -1);
            String prefix = columns[0].substring(0, 3);
            codes.put(columns[0], columns[0]);
            for (String abbreviation : columns.length > 2 ? columns[2].split("/", -1) : new String[0]) {
                codes.put(prefix + NameTokens.joined(abbreviation), columns[0]);
            }
        }
        // The country has the name of one of its states, and its abbreviation with it.
        codes.remove("MX-MEX");
        return Map.copyOf(codes);
    }

    /** Code, full names, abbreviations of addresses (ISO 3166-2; INEGI, catalogue of federal entities; USPS Publication 28). */
    private static final String TABLE = """
            MX-AGU=Aguascalientes=Ags
            MX-BCN=Baja California=BC/B.C.
            MX-BCS=Baja California Sur=B.C.S.
            MX-CAM=Campeche=Camp
            MX-CHH=Chihuahua=Chih
            MX-CHP=Chiapas=Chis
            MX-CMX=Ciudad de México/Distrito Federal=CDMX/DF/D.F.
            MX-COA=Coahuila/Coahuila de Zaragoza=Coah
            MX-COL=Colima
            MX-DUR=Durango=Dgo
            MX-GRO=Guerrero
            MX-GUA=Guanajuato=Gto
            MX-HID=Hidalgo=Hgo
            MX-JAL=Jalisco
            MX-MEX=Estado de México=Edo Mex/Edo de Mex/Edomex
            MX-MIC=Michoacán/Michoacán de Ocampo=Mich
            MX-MOR=Morelos
            MX-NAY=Nayarit
            MX-NLE=Nuevo León=NL/N.L.
            MX-OAX=Oaxaca
            MX-PUE=Puebla
            MX-QUE=Querétaro/Querétaro de Arteaga=Qro
            MX-ROO=Quintana Roo=Q Roo/QR
            MX-SIN=Sinaloa
            MX-SLP=San Luis Potosí=S.L.P.
            MX-SON=Sonora
            MX-TAB=Tabasco
            MX-TAM=Tamaulipas=Tamps
            MX-TLA=Tlaxcala=Tlax
            MX-VER=Veracruz/Veracruz de Ignacio de la Llave
            MX-YUC=Yucatán
            MX-ZAC=Zacatecas
            US-AK=Alaska
            US-AL=Alabama
            US-AR=Arkansas
            US-AS=American Samoa
            US-AZ=Arizona
            US-CA=California
            US-CO=Colorado
            US-CT=Connecticut
            US-DC=District of Columbia=D.C.
            US-DE=Delaware
            US-FL=Florida
            US-GA=Georgia
            US-GU=Guam
            US-HI=Hawaii
            US-IA=Iowa
            US-ID=Idaho
            US-IL=Illinois
            US-IN=Indiana
            US-KS=Kansas
            US-KY=Kentucky
            US-LA=Louisiana
            US-MA=Massachusetts
            US-MD=Maryland
            US-ME=Maine
            US-MI=Michigan
            US-MN=Minnesota
            US-MO=Missouri
            US-MP=Northern Mariana Islands
            US-MS=Mississippi
            US-MT=Montana
            US-NC=North Carolina
            US-ND=North Dakota
            US-NE=Nebraska
            US-NH=New Hampshire
            US-NJ=New Jersey
            US-NM=New Mexico
            US-NV=Nevada
            US-NY=New York
            US-OH=Ohio
            US-OK=Oklahoma
            US-OR=Oregon
            US-PA=Pennsylvania
            US-PR=Puerto Rico
            US-RI=Rhode Island
            US-SC=South Carolina
            US-SD=South Dakota
            US-TN=Tennessee
            US-TX=Texas
            US-UT=Utah
            US-VA=Virginia
            US-VI=Virgin Islands
            US-VT=Vermont
            US-WA=Washington
            US-WI=Wisconsin
            US-WV=West Virginia
            US-WY=Wyoming""";
}
