/** What partners' statements do here: whether they may, their effects, and the work that they leave to be done. */
@NullMarked
package org.entente.node.arrival;

import org.jspecify.annotations.NullMarked;
