/** What people read, in English and in Spanish, from one catalogue. */
@NullMarked
package org.entente.node.language;

import org.jspecify.annotations.NullMarked;
