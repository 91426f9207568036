@NullMarked
package org.entente.node.home;

import org.jspecify.annotations.NullMarked;
