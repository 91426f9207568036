/** The link's two directions: statements that leave for partners, and statements that come in from them. */
@NullMarked
package org.entente.node.delivery;

import org.jspecify.annotations.NullMarked;
