/** How a party's card is replaced and its keys are revoked, by statements of its root and their places in a log. */
@NullMarked
package org.entente.evidence.succession;

import org.jspecify.annotations.NullMarked;
