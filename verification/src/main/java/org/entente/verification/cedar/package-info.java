/** A memorandum's permissions in the policy language Cedar: a peer to be timed beside, and a second opinion. */
@NullMarked
package org.entente.verification.cedar;

import org.jspecify.annotations.NullMarked;
