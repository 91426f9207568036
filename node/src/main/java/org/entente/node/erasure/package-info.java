/** The end of what was exchanged: when bodies and what was taken from them are erased, how that is attested, and what holds it up. */
@NullMarked
package org.entente.node.erasure;

import org.jspecify.annotations.NullMarked;
