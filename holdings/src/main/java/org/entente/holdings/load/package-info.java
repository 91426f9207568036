/** Taking a list into an authority's holdings, and reading two lists side by side. */
@NullMarked
package org.entente.holdings.load;

import org.jspecify.annotations.NullMarked;
