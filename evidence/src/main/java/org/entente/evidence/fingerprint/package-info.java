/** A fingerprint as words that people read to each other. */
@NullMarked
package org.entente.evidence.fingerprint;

import org.jspecify.annotations.NullMarked;
