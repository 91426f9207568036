/** The main job, played by two nodes on one machine through nothing but their public interfaces. */
@NullMarked
package org.entente.node.demo;

import org.jspecify.annotations.NullMarked;
