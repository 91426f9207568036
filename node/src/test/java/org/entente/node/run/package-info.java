@NullMarked
package org.entente.node.run;

import org.jspecify.annotations.NullMarked;
