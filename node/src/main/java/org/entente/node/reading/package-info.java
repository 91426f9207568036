/** What was read from stored bytes and verified, kept for the next reader. */
@NullMarked
package org.entente.node.reading;

import org.jspecify.annotations.NullMarked;
