@NullMarked
package org.entente.node.database;

import org.jspecify.annotations.NullMarked;
