@NullMarked
package org.entente.node.check;

import org.jspecify.annotations.NullMarked;
