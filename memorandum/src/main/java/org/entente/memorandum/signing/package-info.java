/** The life of a memorandum, and joint authorisations, as folds over verified statements. */
@NullMarked
package org.entente.memorandum.signing;

import org.jspecify.annotations.NullMarked;
