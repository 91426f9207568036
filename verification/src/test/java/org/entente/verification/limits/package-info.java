/** The limits that keep the source readable. */
@NullMarked
package org.entente.verification.limits;

import org.jspecify.annotations.NullMarked;
