@NullMarked
package org.entente.node.server;

import org.jspecify.annotations.NullMarked;
