/** The cases that officers of this party have opened. */
@NullMarked
package org.entente.node.casefile;

import org.jspecify.annotations.NullMarked;
