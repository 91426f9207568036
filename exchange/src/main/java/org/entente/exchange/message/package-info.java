/**
 * What a statement between parties can say: one record for each kind, strict JSON, and no personal data in any of them.
 * Facts and justifications stand in bodies, which a statement names by digest, size and commitment.
 */
@NullMarked
package org.entente.exchange.message;

import org.jspecify.annotations.NullMarked;
