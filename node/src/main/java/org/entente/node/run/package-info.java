/** A running node: all of its rooms put together, and its life from start to stop. */
@NullMarked
package org.entente.node.run;

import org.jspecify.annotations.NullMarked;
