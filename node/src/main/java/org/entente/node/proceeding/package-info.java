/** Proceedings under forms: the acts that open them and take their steps, and how each stands. */
@NullMarked
package org.entente.node.proceeding;

import org.jspecify.annotations.NullMarked;
