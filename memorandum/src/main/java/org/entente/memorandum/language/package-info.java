/** The language of a memorandum: text in, checked terms out, one canonical form. */
@NullMarked
package org.entente.memorandum.language;

import org.jspecify.annotations.NullMarked;
