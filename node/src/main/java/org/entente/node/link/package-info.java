/** The link between two parties' nodes: HTTPS over mutual TLS 1.3 in which each side knows the other's certificate. */
@NullMarked
package org.entente.node.link;

import org.jspecify.annotations.NullMarked;
