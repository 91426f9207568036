/** The formats in which lists come, each read row by row into entries that know nothing of an authority yet. */
@NullMarked
package org.entente.holdings.list;

import org.jspecify.annotations.NullMarked;
