@NullMarked
package org.entente.holdings.identifier;

import org.jspecify.annotations.NullMarked;
