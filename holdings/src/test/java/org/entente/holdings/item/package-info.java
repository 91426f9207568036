@NullMarked
package org.entente.holdings.item;

import org.jspecify.annotations.NullMarked;
