@NullMarked
package org.entente.exchange.proceeding;

import org.jspecify.annotations.NullMarked;
