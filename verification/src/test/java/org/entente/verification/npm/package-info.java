/** Runs scripts with packages from npm, which are implementations from elsewhere. */
@NullMarked
package org.entente.verification.npm;

import org.jspecify.annotations.NullMarked;
