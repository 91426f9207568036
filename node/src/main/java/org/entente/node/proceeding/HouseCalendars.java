package org.entente.node.proceeding;

import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Set;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.calendar.WorkingCalendar;

/** The calendars that the house brings; a party without one rests on Saturdays and Sundays of UTC, and every date of it is uncertain. */
public final class HouseCalendars implements Procedures.Calendars {
    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    @Override
    public WorkingCalendar of(Actor authority) {
        PartyCode party = authority.party();
        return WorkingCalendar.ofHouse(party)
                .orElseGet(() -> new WorkingCalendar(
                        party, ZoneOffset.UTC, WEEKEND, "none", Collections.emptySortedMap(), Set.of()));
    }
}
