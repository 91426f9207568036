/** The node's secrets at rest: sealed under a passphrase, read by token, never printed. */
@NullMarked
package org.entente.node.keys;

import org.jspecify.annotations.NullMarked;
