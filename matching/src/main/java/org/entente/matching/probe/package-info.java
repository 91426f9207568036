/** One probe as bytes: the querier blinds and commits, the responder is charged, evaluates and proves. */
@NullMarked
package org.entente.matching.probe;

import org.jspecify.annotations.NullMarked;
