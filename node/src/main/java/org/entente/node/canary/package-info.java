/** Numbers that nobody has, planted in indices and watched: whoever asks for what stands behind one has found it by trying, or was told. */
@NullMarked
package org.entente.node.canary;

import org.jspecify.annotations.NullMarked;
