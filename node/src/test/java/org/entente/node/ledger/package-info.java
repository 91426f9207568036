@NullMarked
package org.entente.node.ledger;

import org.jspecify.annotations.NullMarked;
