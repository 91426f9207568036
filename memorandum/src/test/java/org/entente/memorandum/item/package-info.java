/** Tests of this package. */
@NullMarked
package org.entente.memorandum.item;

import org.jspecify.annotations.NullMarked;
