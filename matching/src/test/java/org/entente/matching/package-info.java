/** What the tests of this module share. */
@NullMarked
package org.entente.matching;

import org.jspecify.annotations.NullMarked;
