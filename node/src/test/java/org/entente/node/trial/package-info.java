/** One party's rooms on a real database and a partner that exists as keys alone, for tests below the doors. */
@NullMarked
package org.entente.node.trial;

import org.jspecify.annotations.NullMarked;
