/** Tests of this package. */
@NullMarked
package org.entente.memorandum.decision;

import org.jspecify.annotations.NullMarked;
