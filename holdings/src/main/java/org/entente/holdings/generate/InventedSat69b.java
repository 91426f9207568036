package org.entente.holdings.generate;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Writes companies as the list of article 69-B: two title lines, a header of twenty columns, entries by tax number. */
final class InventedSat69b {
    private static final String COMMAS = ",".repeat(19);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final List<String> SITUATIONS =
            List.of("Presunto", "Desvirtuado", "Definitivo", "Sentencia Favorable");
    private static final List<String> NOTICES =
            List.of("presunción", "contribuyentes que desvirtuaron", "definitivos", "sentencia favorable");
    private static final List<String> PUBLICATIONS =
            List.of("presuntos", "desvirtuados", "definitivos", "sentencia favorable");
    private static final String SUPPRESSED =
            "XXXXXXXXXXXX,\"Información suprimida en cumplimiento a una resolución judicial (lista inventada).\"";

    private final SplittableRandom random;
    private final Set<String> common;
    private final Set<String> cleared = new TreeSet<>();

    InventedSat69b(SplittableRandom random, Set<String> common) {
        this.random = random;
        this.common = common;
    }

    /** The tax numbers of which at least one entry was cleared. */
    Set<String> cleared() {
        return Collections.unmodifiableSet(cleared);
    }

    String write(List<InventedCompanies.Company> companies) {
        StringBuilder file = new StringBuilder("Información actualizada al 30 de junio de 2026")
                .append(COMMAS)
                .append("\r\nListado completo de contribuyentes (Artículo 69-B del CFF): LISTA INVENTADA")
                .append(COMMAS)
                .append("\r\n")
                .append(header())
                .append("\r\n");
        List<String> entries = new ArrayList<>();
        List<InventedCompanies.Company> sorted = companies.stream()
                .sorted(Comparator.comparing(InventedCompanies.Company::rfc))
                .toList();
        int sharedSoFar = 0;
        for (InventedCompanies.Company company : sorted) {
            boolean shared = common.contains(company.rfc());
            sharedSoFar += shared ? 1 : 0;
            // The second of the shared ones was cleared; the third is listed twice, cleared in one entry.
            boolean twice = shared ? sharedSoFar == 3 : random.nextInt(200) == 0;
            int situation = shared ? (sharedSoFar == 2 ? 3 : 2) : situation();
            entries.add(entry(company, situation));
            if (twice) {
                entries.add(entry(company, shared ? 3 : situation()));
            }
        }
        for (int i = 0; i < 3; i++) {
            entries.add(SUPPRESSED + "," + dates(0));
        }
        for (int i = 0; i < entries.size(); i++) {
            file.append(i + 1).append(',').append(entries.get(i)).append("\r\n");
        }
        return file.toString();
    }

    private static String header() {
        StringBuilder header = new StringBuilder("No,RFC,Nombre del Contribuyente,Situación del contribuyente");
        for (int i = 0; i < SITUATIONS.size(); i++) {
            header.append(",Número y fecha de oficio global de ")
                    .append(NOTICES.get(i))
                    .append(" SAT");
            header.append(",Publicación página SAT ").append(PUBLICATIONS.get(i));
            header.append(",Número y fecha de oficio global de ")
                    .append(NOTICES.get(i))
                    .append(" DOF");
            header.append(",Publicación DOF ").append(PUBLICATIONS.get(i));
        }
        return header.toString();
    }

    /** As often as in the real list, roughly. */
    private int situation() {
        int percent = random.nextInt(100);
        return percent < 84 ? 2 : percent < 94 ? 3 : percent < 97 ? 1 : 0;
    }

    private String entry(InventedCompanies.Company company, int situation) {
        if (situation == 1 || situation == 3) {
            cleared.add(company.rfc());
        }
        String written = random.nextInt(50) == 0 ? company.rfc() + " " : company.rfc();
        return written + ",\"" + company.name() + "\"," + dates(situation);
    }

    /** The situation, and the notices that led to it; a favourable judgment follows a final listing. */
    private String dates(int situation) {
        StringBuilder cells = new StringBuilder(SITUATIONS.get(situation));
        LocalDate day = LocalDate.of(2018, 1, 1).plusDays(random.nextInt(1_000));
        for (int i = 0; i < SITUATIONS.size(); i++) {
            boolean reached = i == 0 || i == situation || (i == 2 && situation == 3);
            if (!reached) {
                cells.append(",,,,");
                continue;
            }
            day = day.plusDays(60L + random.nextInt(300));
            String notice =
                    "500-05-" + day.getYear() + "-" + random.nextInt(1_000, 40_000) + " de fecha " + DAY.format(day);
            for (int place = 0; place < 2; place++) {
                cells.append(',').append(notice).append(',').append(DAY.format(day.plusDays(20L * place)));
            }
        }
        return cells.toString();
    }
}
