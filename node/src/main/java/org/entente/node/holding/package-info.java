/** What the party's authorities hold, and what partners released to them, on PostgreSQL. */
@NullMarked
package org.entente.node.holding;

import org.jspecify.annotations.NullMarked;
