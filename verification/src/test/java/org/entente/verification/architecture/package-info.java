/** What may depend on what, held over the compiled classes. */
@NullMarked
package org.entente.verification.architecture;

import org.jspecify.annotations.NullMarked;
