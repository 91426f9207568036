/** Two nodes in processes of their own, founded over their public interfaces, for measurements and for stories that kill. */
@NullMarked
package org.entente.verification.pair;

import org.jspecify.annotations.NullMarked;
