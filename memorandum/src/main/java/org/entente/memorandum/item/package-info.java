/** What travels with every item and lets both nodes decide about it without reading it. */
@NullMarked
package org.entente.memorandum.item;

import org.jspecify.annotations.NullMarked;
