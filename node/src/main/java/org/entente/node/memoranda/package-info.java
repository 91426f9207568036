/** The memoranda that this node knows, and where each of them stands. */
@NullMarked
package org.entente.node.memoranda;

import org.jspecify.annotations.NullMarked;
