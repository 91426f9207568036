/** What other implementations of age make of this house's bodies, and this house of theirs. */
@NullMarked
package org.entente.verification.age;

import org.jspecify.annotations.NullMarked;
