/** PostgreSQL for a node: the server that the node brings along, or one that an operator names by URL. */
@NullMarked
package org.entente.node.database;

import org.jspecify.annotations.NullMarked;
