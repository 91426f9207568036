/** The whole proof of an exchange in one file, and its verification without any node. */
@NullMarked
package org.entente.evidence.bundle;

import org.jspecify.annotations.NullMarked;
