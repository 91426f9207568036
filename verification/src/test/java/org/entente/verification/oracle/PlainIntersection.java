package org.entente.verification.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What two public lists have in common by tax number, computed without any code of the project. The normal form: upper
 * case, separators removed, three or four letters, a valid date, three characters; the check digit does not count; without
 * homoclave it is no number; placeholders are none either.
 */
public final class PlainIntersection {
    private static final Set<String> PLACEHOLDERS = Set.of("XXXXXXXXXXXX", "XAXX010101000", "XEXX010101000");
    private static final Pattern FORM = Pattern.compile("[A-ZÑ&]{3,4}([0-9]{2})([0-9]{2})([0-9]{2})[A-Z0-9]{3}");
    private static final Pattern DATE = Pattern.compile("([0-3][0-9])/([01][0-9])/(20[0-9]{2})");
    private static final Pattern LABELLED =
            Pattern.compile("(?:alt\\. )?(?:R\\.F\\.C\\.|RFC|Tax ID No\\.)\\s+(?:#\\s*)?([^(]+)");
    private static final int SDN_REMARKS = 11;

    private PlainIntersection() {}

    /**
     * A row in which a number stands.
     *
     * @param row its position in the file, from 1, titles and headings counted
     * @param status the situation as the list has it; empty where it has none
     * @param dates every date of the row
     */
    public record Entry(int row, String status, Set<LocalDate> dates) {
        public Entry {
            dates = Set.copyOf(dates);
        }
    }

    /** Numbers of the American list, under their labels in the remarks. */
    public static SortedMap<String, List<Entry>> ofac(Path file) throws IOException {
        SortedMap<String, List<Entry>> numbers = new TreeMap<>();
        List<List<String>> rows = PlainTable.rows(file);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() <= SDN_REMARKS) {
                continue;
            }
            for (String statement : rows.get(i).get(SDN_REMARKS).split(";", -1)) {
                Matcher matcher = LABELLED.matcher(statement.strip());
                if (matcher.lookingAt()) {
                    add(numbers, matcher.group(1), new Entry(i + 1, "SDN", Set.of()));
                }
            }
        }
        return numbers;
    }

    /** Numbers of the Mexican list: its second column, with the situation in the fourth. */
    public static SortedMap<String, List<Entry>> sat(Path file) throws IOException {
        SortedMap<String, List<Entry>> numbers = new TreeMap<>();
        List<List<String>> rows = PlainTable.rows(file);
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            if (row.size() >= 4 && row.getFirst().strip().matches("[0-9]+")) {
                add(numbers, row.get(1), new Entry(i + 1, row.get(3).strip(), dates(row)));
            }
        }
        return numbers;
    }

    /** The numbers of both. */
    public static SortedSet<String> common(Map<String, List<Entry>> ours, Map<String, List<Entry>> theirs) {
        SortedSet<String> common = new TreeSet<>(ours.keySet());
        common.retainAll(theirs.keySet());
        return common;
    }

    private static void add(SortedMap<String, List<Entry>> numbers, String text, Entry entry) {
        normal(text)
                .ifPresent(number -> numbers.computeIfAbsent(number, absent -> new ArrayList<>())
                        .add(entry));
    }

    private static Set<LocalDate> dates(List<String> row) {
        Set<LocalDate> dates = new TreeSet<>();
        for (String cell : row) {
            Matcher date = DATE.matcher(cell);
            while (date.find()) {
                dates.add(LocalDate.of(
                        Integer.parseInt(date.group(3)),
                        Integer.parseInt(date.group(2)),
                        Integer.parseInt(date.group(1))));
            }
        }
        return dates;
    }

    static Optional<String> normal(String text) {
        String plain = text.toUpperCase(Locale.ROOT).replaceAll("[\\s./_-]", "");
        Matcher form = FORM.matcher(plain);
        boolean complete =
                form.matches() && !PLACEHOLDERS.contains(plain) && isDay(form.group(1), form.group(2), form.group(3));
        return complete ? Optional.of(plain) : Optional.empty();
    }

    /** The century does not stand there; 2000 and 1904 are leap years, so that every fourth one is. */
    private static boolean isDay(String year, String month, String day) {
        try {
            LocalDate.of(2000 + Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }
}
