/**
 * Delivery: each statement reaches its partner, in order, and is applied there once for ever. Pure decisions about events;
 * the node carries out what they ask and implements the two ports on its database.
 */
@NullMarked
package org.entente.exchange.delivery;

import org.jspecify.annotations.NullMarked;
