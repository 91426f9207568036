/** The HTTPS server of a node's own people: sign-in, the JSON interface, problem details. */
@NullMarked
package org.entente.node.server;

import org.jspecify.annotations.NullMarked;
