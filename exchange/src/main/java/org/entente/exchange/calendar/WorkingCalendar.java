package org.entente.exchange.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.IsoDay;
import org.entente.memorandum.language.Bilingual;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * On which days a party's authorities work: not on the days of its weekend, nor on the holidays that stand in it by year. Days begin
 * and end in the party's own zone. A year of which no holiday stands there is counted by its weekends alone, and said to be uncertain.
 *
 * @param zone where the day begins and ends
 * @param weekend the days of the week on which nobody works; at most six
 * @param source the law, or the order, that the holidays were written out from
 * @param holidays what each is called; every year from the first to the last of them is known
 */
public record WorkingCalendar(
        PartyCode party,
        ZoneId zone,
        Set<DayOfWeek> weekend,
        String source,
        SortedMap<LocalDate, Bilingual> holidays,
        Set<Integer> years) {
    /** Greatest length of a calendar's text in bytes. */
    public static final int BYTES_MAX = 1 << 20;

    private static final int YEARS_MAX = 200;
    private static final int HOLIDAYS_A_YEAR_MAX = 120;
    private static final int LINE_MAX = 300;
    /** A day of work comes within so many days, or the calendar is no calendar. */
    private static final int REST_DAYS_MAX = 366;

    public WorkingCalendar {
        weekend = Set.copyOf(weekend);
        holidays = Collections.unmodifiableSortedMap(new TreeMap<>(holidays));
        years = Set.copyOf(years);
    }

    /** The calendar that the house brings for a party; empty for a party of which it has none. */
    public static Optional<WorkingCalendar> ofHouse(PartyCode party) {
        return Optional.ofNullable(OfHouse.CALENDARS.get(party));
    }

    /**
     * Reads a calendar.
     *
     * @throws Malformed {@code calendar.…} or {@code json.…}
     */
    public static WorkingCalendar read(JsonNode node) throws Malformed {
        Members members = Members.of(node, "");
        PartyCode party = PartyCode.parse(members.text("calendar"));
        ZoneId zone = zone(members.text("zone"));
        Set<DayOfWeek> weekend = EnumSet.noneOf(DayOfWeek.class);
        for (JsonNode day : members.array("weekend", 0, DayOfWeek.values().length - 1)) {
            weekend.add(dayOfWeek(day.asString("")));
        }
        String source = members.line("source", LINE_MAX);
        ObjectNode listed = members.object("years");
        members.end();
        SortedMap<LocalDate, Bilingual> holidays = new TreeMap<>();
        Set<Integer> years = new HashSet<>();
        Members byYear = Members.of(listed, "years");
        if (listed.size() > YEARS_MAX) {
            throw new Malformed("calendar.years-too-many", Integer.toString(YEARS_MAX));
        }
        for (String year : listed.propertyNames()) {
            if (!year.matches("[12][0-9]{3}")) {
                throw new Malformed("calendar.year-malformed");
            }
            years.add(Integer.valueOf(year));
            for (JsonNode day : byYear.array(year, 0, HOLIDAYS_A_YEAR_MAX)) {
                addHoliday(Members.of(day, "years." + year), Integer.parseInt(year), holidays);
            }
        }
        return new WorkingCalendar(party, zone, weekend, source, holidays, years);
    }

    private static void addHoliday(Members members, int year, Map<LocalDate, Bilingual> holidays) throws Malformed {
        LocalDate day = IsoDay.parse(members.text("day"));
        Bilingual name = new Bilingual(members.line("en", LINE_MAX), members.line("es", LINE_MAX));
        members.end();
        if (day.getYear() != year) {
            throw new Malformed("calendar.day-of-another-year", day.toString());
        }
        if (holidays.putIfAbsent(day, name) != null) {
            throw new Malformed("calendar.day-twice", day.toString());
        }
    }

    private static ZoneId zone(String text) throws Malformed {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new Malformed("calendar.zone-unknown");
        }
    }

    private static DayOfWeek dayOfWeek(String text) throws Malformed {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().toLowerCase(Locale.ROOT).equals(text)) {
                return day;
            }
        }
        throw new Malformed("calendar.day-of-week-unknown");
    }

    public boolean works(LocalDate day) {
        return !weekend.contains(day.getDayOfWeek()) && !holidays.containsKey(day);
    }

    /** The day that it is there at a moment. */
    public LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    /** The moment at which a day has ended there. */
    public Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /**
     * The end of the working day that is so many after the day of a moment, which is not counted itself. After none: the end of that day,
     * or of the next on which anybody works.
     */
    public Due after(int workingDays, Instant begin) {
        LocalDate day = dayOf(begin);
        boolean certain = knows(day);
        int left = workingDays;
        int rested = 0;
        while (left > 0 || !works(day)) {
            day = day.plusDays(1);
            certain &= knows(day);
            if (works(day)) {
                left--;
                rested = 0;
            } else if (++rested > REST_DAYS_MAX) {
                throw new IllegalStateException(party + " has a calendar without a working day");
            }
        }
        return new Due(end(day), certain);
    }

    /** How many working days follow the day of one moment, up to that of another which is included. */
    public int between(Instant begin, Instant end) {
        int count = 0;
        LocalDate last = dayOf(end);
        for (LocalDate day = dayOf(begin).plusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            if (works(day)) {
                count++;
            }
        }
        return count;
    }

    private boolean knows(LocalDate day) {
        return years.contains(day.getYear());
    }

    /** The names of the days without work from one to another, both included, for whoever asks why a date is so late. */
    public List<Bilingual> holidaysBetween(LocalDate first, LocalDate last) {
        return new ArrayList<>(holidays.subMap(first, last.plusDays(1)).values());
    }

    /** Read once, when somebody asks for the first time. */
    private static final class OfHouse {
        private static final Map<PartyCode, WorkingCalendar> CALENDARS = all();

        private static Map<PartyCode, WorkingCalendar> all() {
            Map<PartyCode, WorkingCalendar> calendars = new TreeMap<>();
            for (String party : List.of("MX", "US")) {
                WorkingCalendar calendar = resource(party);
                calendars.put(calendar.party(), calendar);
            }
            return calendars;
        }

        private static WorkingCalendar resource(String party) {
            String path = "/org/entente/exchange/calendar/" + party + ".json";
            try (InputStream stream = WorkingCalendar.class.getResourceAsStream(path)) {
                if (stream == null) {
                    throw new IllegalStateException("the calendar is missing: " + path);
                }
                return read(CanonicalJson.parse(stream.readAllBytes(), BYTES_MAX));
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            } catch (Malformed malformed) {
                throw new IllegalStateException(path, malformed);
            }
        }
    }
}
