/** Tests of the pages. */
@NullMarked
package org.entente.memorandum.page;

import org.jspecify.annotations.NullMarked;
