/** What officers do: an act is prepared, decided, approved by signature, and only then said. */
@NullMarked
package org.entente.node.act;

import org.jspecify.annotations.NullMarked;
