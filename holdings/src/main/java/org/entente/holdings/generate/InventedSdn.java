package org.entente.holdings.generate;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Writes companies as sdn.csv does: no header, {@code -0-} for nothing, and the mark of DOS at the end. */
final class InventedSdn {
    private static final String EMPTY = "-0- ";
    private static final List<String> PROGRAMS =
            List.of("SDNTK", "ILLICIT-DRUGS-EO14059", "SDNTK] [ILLICIT-DRUGS-EO14059", "TCO");

    private final SplittableRandom random;
    private final Set<String> common;

    InventedSdn(SplittableRandom random, Set<String> common) {
        this.random = random;
        this.common = common;
    }

    String write(List<InventedCompanies.Company> companies) {
        StringBuilder file = new StringBuilder();
        int number = 70_000;
        List<InventedCompanies.Company> shuffled = Shuffling.of(companies, random);
        for (int i = 0; i < shuffled.size(); i++) {
            number += 1 + random.nextInt(3);
            InventedCompanies.Company company = shuffled.get(i);
            String row = number + "," + quoted(plain(company.name())) + "," + EMPTY + ","
                    + quoted(PROGRAMS.get(random.nextInt(PROGRAMS.size()))) + ("," + EMPTY).repeat(7) + ","
                    + quoted(remarks(company, i)) + "\r\n";
            file.append(row);
        }
        return file.append('\u001a').toString();
    }

    /** Companies that both lists name keep their whole number; some of the others are as dirty as real ones. */
    private String remarks(InventedCompanies.Company company, int i) {
        boolean shared = common.contains(company.rfc());
        int kind = i % (shared ? 4 : 8);
        String number = switch (kind) {
            case 0 -> "R.F.C. " + company.hyphenated();
            case 1 -> "Tax ID No. " + company.rfc();
            case 4 -> "R.F.C. " + company.withoutHomoclave();
            case 5 -> "R.F.C. " + company.withWrongCheckDigit().rfc();
            case 6 -> "R.F.C. XAXX010101000";
            default -> "R.F.C. " + company.rfc();
        };
        String folio = "Folio Mercantil No. " + (100_000 + random.nextInt(900_000)) + " (Mexico)";
        String founded = "Organization Established Date 19" + company.rfc().substring(3, 5);
        return founded + "; " + number + " (Mexico); " + folio + ".";
    }

    /** The list is written in ASCII. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("[^\\x20-\\x7e]", "");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
