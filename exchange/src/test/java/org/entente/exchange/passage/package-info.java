@NullMarked
package org.entente.exchange.passage;

import org.jspecify.annotations.NullMarked;
