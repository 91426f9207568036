/** Named officers of the party's authorities: their roles, tokens and keys. */
@NullMarked
package org.entente.node.officer;

import org.jspecify.annotations.NullMarked;
