/** A memorandum and a decision in English and Spanish, for people. */
@NullMarked
package org.entente.memorandum.rendering;

import org.jspecify.annotations.NullMarked;
