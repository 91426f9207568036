@NullMarked
package org.entente.holdings.table;

import org.jspecify.annotations.NullMarked;
