/** Tests of this package. */
@NullMarked
package org.entente.node.command;

import org.jspecify.annotations.NullMarked;
