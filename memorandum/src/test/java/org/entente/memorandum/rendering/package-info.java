/** Tests of this package. */
@NullMarked
package org.entente.memorandum.rendering;

import org.jspecify.annotations.NullMarked;
