/** Both must permit: the sender decides and says from what; the receiver checks that, and decides anew. */
@NullMarked
package org.entente.exchange.passage;

import org.jspecify.annotations.NullMarked;
