@NullMarked
package org.entente.node.erasure;

import org.jspecify.annotations.NullMarked;
