@NullMarked
package org.entente.exchange.calendar;

import org.jspecify.annotations.NullMarked;
