/** Tests of this package. */
@NullMarked
package org.entente.node.print;

import org.jspecify.annotations.NullMarked;
