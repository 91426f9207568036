/** A memorandum, its changes and its effects as pages in both languages: for a screen, and for paper. */
@NullMarked
package org.entente.memorandum.page;

import org.jspecify.annotations.NullMarked;
