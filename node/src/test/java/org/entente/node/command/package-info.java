/** Tests of the commands. */
@NullMarked
package org.entente.node.command;

import org.jspecify.annotations.NullMarked;
