/** An officer's side of a node's interface: credentials, signatures, and calls over HTTPS. */
@NullMarked
package org.entente.node.client;

import org.jspecify.annotations.NullMarked;
