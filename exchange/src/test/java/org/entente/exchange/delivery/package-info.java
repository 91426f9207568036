@NullMarked
package org.entente.exchange.delivery;

import org.jspecify.annotations.NullMarked;
