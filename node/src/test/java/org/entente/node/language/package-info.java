@NullMarked
package org.entente.node.language;

import org.jspecify.annotations.NullMarked;
