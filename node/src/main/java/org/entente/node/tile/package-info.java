/**
 * The node's own logs as files that other people's tools read (C2SP tlog-tiles), derived from the leaves in the database
 * and derived again when they are lost.
 */
@NullMarked
package org.entente.node.tile;

import org.jspecify.annotations.NullMarked;
