/** The prime-order group ristretto255 (RFC 9496) and its scalars, one at a time and in batches. */
@NullMarked
package org.entente.matching.group;

import org.jspecify.annotations.NullMarked;
