/** One byte form for every document that is signed (RFC 8785), and the digest that names it. */
@NullMarked
package org.entente.evidence.canonical;

import org.jspecify.annotations.NullMarked;
