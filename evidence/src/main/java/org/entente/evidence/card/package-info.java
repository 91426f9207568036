/** Who a party is: its codes, its keys, and the card signed by its root that the others pin. */
@NullMarked
package org.entente.evidence.card;

import org.jspecify.annotations.NullMarked;
