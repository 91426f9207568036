/** What an independent implementation, noble from npm, makes of this house's signatures, and this house of its. */
@NullMarked
package org.entente.verification.noble;

import org.jspecify.annotations.NullMarked;
