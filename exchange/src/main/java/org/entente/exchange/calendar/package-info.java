/** By when something is owed: the working days of the party that owes it, and terms that rest while the other side owes something. */
@NullMarked
package org.entente.exchange.calendar;

import org.jspecify.annotations.NullMarked;
