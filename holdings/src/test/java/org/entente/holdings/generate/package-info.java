@NullMarked
package org.entente.holdings.generate;

import org.jspecify.annotations.NullMarked;
