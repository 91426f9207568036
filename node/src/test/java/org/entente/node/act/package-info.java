@NullMarked
package org.entente.node.act;

import org.jspecify.annotations.NullMarked;
