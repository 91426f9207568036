@NullMarked
package org.entente.exchange.body;

import org.jspecify.annotations.NullMarked;
