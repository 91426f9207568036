/** Comma-separated files from outside, read as they come: compressed or not, in either encoding, within limits. */
@NullMarked
package org.entente.holdings.table;

import org.jspecify.annotations.NullMarked;
