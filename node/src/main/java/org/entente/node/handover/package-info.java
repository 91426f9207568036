/** From a request to what was handed over: requests of both directions, releases, and items that came in. */
@NullMarked
package org.entente.node.handover;

import org.jspecify.annotations.NullMarked;
