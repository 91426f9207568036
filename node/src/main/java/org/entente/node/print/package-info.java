/** Pages on paper: the printing of well-formed pages as PDF. */
@NullMarked
package org.entente.node.print;

import org.jspecify.annotations.NullMarked;
