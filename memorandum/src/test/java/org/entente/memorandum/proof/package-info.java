/** Tests of this package. */
@NullMarked
package org.entente.memorandum.proof;

import org.jspecify.annotations.NullMarked;
