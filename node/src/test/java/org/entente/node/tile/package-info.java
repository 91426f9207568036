@NullMarked
package org.entente.node.tile;

import org.jspecify.annotations.NullMarked;
