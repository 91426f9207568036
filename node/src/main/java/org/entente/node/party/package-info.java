/** The parties that this node knows: its own, and the partners whose cards an administrator pinned. */
@NullMarked
package org.entente.node.party;

import org.jspecify.annotations.NullMarked;
