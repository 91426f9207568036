/**
 * What was said and heard, once for ever: statements, their leaves in the logs, outbox and inbox on PostgreSQL, and the
 * checkpoints that are derived from them.
 */
@NullMarked
package org.entente.node.ledger;

import org.jspecify.annotations.NullMarked;
