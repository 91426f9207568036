/** Whether what a node keeps is what was said and signed: everything derived anew, and the first difference named. */
@NullMarked
package org.entente.node.check;

import org.jspecify.annotations.NullMarked;
