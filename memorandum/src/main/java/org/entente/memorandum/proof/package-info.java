/** Can this memorandum ever permit that? Every case that it can tell apart is put to the engine itself. */
@NullMarked
package org.entente.memorandum.proof;

import org.jspecify.annotations.NullMarked;
