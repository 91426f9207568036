/** When it was said, by somebody who is no party: time stamps of RFC 3161 over checkpoints. */
@NullMarked
package org.entente.evidence.time;

import org.jspecify.annotations.NullMarked;
