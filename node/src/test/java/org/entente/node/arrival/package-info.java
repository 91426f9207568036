@NullMarked
package org.entente.node.arrival;

import org.jspecify.annotations.NullMarked;
