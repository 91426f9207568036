@NullMarked
package org.entente.node.comparison;

import org.jspecify.annotations.NullMarked;
