/** Tests of this package. */
@NullMarked
package org.entente.memorandum.signing;

import org.jspecify.annotations.NullMarked;
