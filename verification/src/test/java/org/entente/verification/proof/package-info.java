/** Whether the proof of a memorandum proves what it says. */
@NullMarked
package org.entente.verification.proof;

import org.jspecify.annotations.NullMarked;
