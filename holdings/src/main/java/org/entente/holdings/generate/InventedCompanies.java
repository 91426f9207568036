package org.entente.holdings.generate;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.entente.holdings.identifier.RfcCheckDigit;

/** Companies that do not exist, no two with the same tax number. */
final class InventedCompanies {
    private static final List<String> BEGINNINGS = List.of(
            "Ka", "Ke", "Ko", "Que", "Qui", "Wa", "We", "Wi", "Xa", "Xe", "Xo", "Ya", "Ye", "Yu", "Za", "Ze", "Zo");
    private static final List<String> MIDDLES =
            List.of("bri", "dro", "fa", "gu", "lu", "mi", "nor", "pe", "ra", "ri", "sta", "ta", "ve", "vo");
    private static final List<String> ENDINGS =
            List.of("cel", "dex", "lum", "mar", "nal", "nix", "quin", "ral", "sur", "tec", "vel", "zul");
    private static final List<String> TRADES = List.of(
            "COMERCIALIZADORA",
            "SERVICIOS",
            "GRUPO",
            "DISTRIBUIDORA",
            "LOGÍSTICA",
            "CONSTRUCCIONES",
            "ASESORÍA",
            "INSUMOS");
    private static final List<String> FORMS =
            List.of("S.A. DE C.V.", "S. DE R.L. DE C.V.", "S.A.P.I. DE C.V.", "S.C.", "S.A.S. DE C.V.");
    private static final String HOMOCLAVE = "123456789ABCDEFGHIJKLMNPQRSTUV";

    private final SplittableRandom random;
    private final Set<String> taken = new HashSet<>();

    InventedCompanies(SplittableRandom random) {
        this.random = random;
    }

    /**
     * A company that nobody founded.
     *
     * @param rfc tax number of twelve characters, in normal form
     */
    record Company(String name, String rfc) {
        Company withWrongCheckDigit() {
            char digit = rfc.charAt(11);
            return new Company(
                    name, rfc.substring(0, 11) + (digit == '9' ? '1' : digit == 'A' ? '2' : (char) (digit + 1)));
        }

        String hyphenated() {
            return rfc.substring(0, 3) + "-" + rfc.substring(3, 9) + "-" + rfc.substring(9);
        }

        String withoutHomoclave() {
            return rfc.substring(0, 3) + "-" + rfc.substring(3, 9);
        }
    }

    Company next() {
        while (true) {
            String first = word();
            String second = word();
            String third = word();
            String name = pick(TRADES) + " " + first + " " + second + " " + third + ", " + pick(FORMS);
            String start = "" + first.charAt(0) + second.charAt(0) + third.charAt(0)
                    + String.format(
                            Locale.ROOT,
                            "%02d%02d%02d",
                            random.nextInt(31, 40),
                            random.nextInt(1, 13),
                            random.nextInt(1, 29))
                    + HOMOCLAVE.charAt(random.nextInt(HOMOCLAVE.length()))
                    + HOMOCLAVE.charAt(random.nextInt(HOMOCLAVE.length()));
            if (taken.add(start)) {
                return new Company(name, start + RfcCheckDigit.of(start));
            }
        }
    }

    private String word() {
        return (pick(BEGINNINGS) + pick(MIDDLES) + pick(ENDINGS)).toUpperCase(Locale.ROOT);
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
