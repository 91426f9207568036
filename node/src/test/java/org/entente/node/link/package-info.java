@NullMarked
package org.entente.node.link;

import org.jspecify.annotations.NullMarked;
