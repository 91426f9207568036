/** A disk in memory that fails as disks do. */
@NullMarked
package org.entente.node.disk;

import org.jspecify.annotations.NullMarked;
