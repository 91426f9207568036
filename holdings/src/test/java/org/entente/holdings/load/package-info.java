@NullMarked
package org.entente.holdings.load;

import org.jspecify.annotations.NullMarked;
