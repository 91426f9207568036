/** The acts by name, and which officer's role may approve which. */
@NullMarked
package org.entente.memorandum.officer;

import org.jspecify.annotations.NullMarked;
