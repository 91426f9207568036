package org.entente.holdings.list;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dates that the tax authority's list contains: in titles, in cells, and the day numbers that spreadsheets leave behind. */
final class SpanishDates {
    private static final List<String> MONTHS = List.of(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre");
    private static final Pattern IN_WORDS = Pattern.compile(
            "(\\d{1,2})(?:o|°|º)?\\s+de\\s+([a-z]+)\\s+(?:de|del)\\s+(\\d{4})", Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_DIGITS =
            Pattern.compile("(?<!\\d)(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4}|\\d{2})(?!\\d)");
    private static final Pattern DAY_NUMBER = Pattern.compile("[34]\\d{4}");
    /** Day 0 of spreadsheets, so that 1 March 1900 is day 61. */
    private static final LocalDate SPREADSHEET_EPOCH = LocalDate.of(1899, 12, 30);

    private SpanishDates() {}

    /** A date in words, {@code 18 de mayo de 2021}. */
    static Optional<LocalDate> inWords(String text) {
        Matcher words = IN_WORDS.matcher(text);
        while (words.find()) {
            String month = Headings.plain(words.group(2));
            int index = MONTHS.indexOf(month.equals("setiembre") ? "septiembre" : month);
            Optional<LocalDate> date = index < 0
                    ? Optional.empty()
                    : day(Integer.parseInt(words.group(3)), index + 1, Integer.parseInt(words.group(1)));
            if (date.isPresent()) {
                return date;
            }
        }
        return Optional.empty();
    }

    /**
     * The latest date of a cell. A cell holds two when an entry was published again: in either order, with two or four
     * digits for the year, separated by hyphens, slashes or blanks.
     */
    static Optional<LocalDate> latestInDigits(String cell) {
        if (DAY_NUMBER.matcher(cell.strip()).matches()) {
            return Optional.of(SPREADSHEET_EPOCH.plusDays(Long.parseLong(cell.strip())));
        }
        Optional<LocalDate> latest = Optional.empty();
        Matcher digits = IN_DIGITS.matcher(cell);
        while (digits.find()) {
            int year = Integer.parseInt(digits.group(3));
            Optional<LocalDate> date = day(
                    year < 100 ? 2000 + year : year,
                    Integer.parseInt(digits.group(2)),
                    Integer.parseInt(digits.group(1)));
            if (date.isPresent() && latest.filter(date.get()::isBefore).isEmpty()) {
                latest = date;
            }
        }
        return latest;
    }

    private static Optional<LocalDate> day(int year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }
}
