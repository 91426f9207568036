/** Contents that partners released leave this node in a file: decided, approved, told to the originator, and listed for recall. */
@NullMarked
package org.entente.node.export;

import org.jspecify.annotations.NullMarked;
