/** Tests of the language. */
@NullMarked
package org.entente.memorandum.language;

import org.jspecify.annotations.NullMarked;
