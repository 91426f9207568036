/** What do we have in common: indices, probes and reconciliations as a node carries them out. */
@NullMarked
package org.entente.node.comparison;

import org.jspecify.annotations.NullMarked;
