/** May this be done? Pure, default deny, the same answer at every node. */
@NullMarked
package org.entente.memorandum.decision;

import org.jspecify.annotations.NullMarked;
