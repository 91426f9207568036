/** A partner that we hold in the hand, which may say whatever it likes to a whole node, and what it must not get by that. */
@NullMarked
package org.entente.node.partner;

import org.jspecify.annotations.NullMarked;
