@NullMarked
package org.entente.node.body;

import org.jspecify.annotations.NullMarked;
