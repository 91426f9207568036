/** An authority's case: its purpose, what may be done under it, its time line, and whose the items in it are. */
@NullMarked
package org.entente.casework.cases;

import org.jspecify.annotations.NullMarked;
