/** The screens of the party's own people, rendered on the server in their language. */
@NullMarked
package org.entente.node.console;

import org.jspecify.annotations.NullMarked;
