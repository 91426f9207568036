@NullMarked
package org.entente.exchange.message;

import org.jspecify.annotations.NullMarked;
