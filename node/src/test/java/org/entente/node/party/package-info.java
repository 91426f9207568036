@NullMarked
package org.entente.node.party;

import org.jspecify.annotations.NullMarked;
