/** The folder in which a node lives: its settings, keys, bodies, indices, tiles and database; and how its life ends. */
@NullMarked
package org.entente.node.home;

import org.jspecify.annotations.NullMarked;
