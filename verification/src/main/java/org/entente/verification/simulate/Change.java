package org.entente.verification.simulate;

import java.util.function.Consumer;

/**
 * One row that a transaction writes.
 *
 * @param what in words
 * @param bytes how long it is in the journal
 */
record Change(String what, int bytes, Consumer<Tables> apply) {}
