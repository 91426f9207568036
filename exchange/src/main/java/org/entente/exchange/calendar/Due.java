package org.entente.exchange.calendar;

import java.time.Instant;

/**
 * By when something is to be done.
 *
 * @param at the first moment that is too late
 * @param certain whether the calendar knows the holidays of every year that was counted; otherwise the day may truly be a later one,
 *     and never is an earlier one
 */
public record Due(Instant at, boolean certain) {
    public boolean passed(Instant now) {
        return !now.isBefore(at);
    }
}
