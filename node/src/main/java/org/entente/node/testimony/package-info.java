/** What others than the two parties say about this node's logs: time-stamp authorities and independent witnesses. */
@NullMarked
package org.entente.node.testimony;

import org.jspecify.annotations.NullMarked;
