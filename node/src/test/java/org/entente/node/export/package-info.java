@NullMarked
package org.entente.node.export;

import org.jspecify.annotations.NullMarked;
