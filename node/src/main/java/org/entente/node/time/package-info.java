/** When it was: the word of a time-stamp authority, which is no party, over this node's checkpoints. */
@NullMarked
package org.entente.node.time;

import org.jspecify.annotations.NullMarked;
