/** The command line: what a person types, and what is printed back in their language. */
@NullMarked
package org.entente.node.command;

import org.jspecify.annotations.NullMarked;
