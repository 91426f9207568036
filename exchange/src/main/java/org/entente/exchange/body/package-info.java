/**
 * Bodies: what is encrypted to the receiving authority and travels beside a statement. The file format is age v1 with the
 * post-quantum hybrid recipient; the statement names a body by the digest of its ciphertext, its size and a salted
 * commitment to its plaintext.
 */
@NullMarked
package org.entente.exchange.body;

import org.jspecify.annotations.NullMarked;
