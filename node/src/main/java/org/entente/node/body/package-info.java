/** Bodies at rest: ciphertext files, each named by its own digest. */
@NullMarked
package org.entente.node.body;

import org.jspecify.annotations.NullMarked;
