/** Running the program as people do: in a process of its own. */
@NullMarked
package org.entente.verification.process;

import org.jspecify.annotations.NullMarked;
