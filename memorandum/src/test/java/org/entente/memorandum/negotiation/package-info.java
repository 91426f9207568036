@NullMarked
package org.entente.memorandum.negotiation;

import org.jspecify.annotations.NullMarked;
