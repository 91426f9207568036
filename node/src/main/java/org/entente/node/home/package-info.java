/** The folder in which a node lives: its settings, keys, bodies, indices and database. */
@NullMarked
package org.entente.node.home;

import org.jspecify.annotations.NullMarked;
