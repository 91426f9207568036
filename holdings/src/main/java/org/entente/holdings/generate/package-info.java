/** Invented lists in the two real formats, for demonstrations and tests. */
@NullMarked
package org.entente.holdings.generate;

import org.jspecify.annotations.NullMarked;
