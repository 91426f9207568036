@NullMarked
package org.entente.node.holding;

import org.jspecify.annotations.NullMarked;
