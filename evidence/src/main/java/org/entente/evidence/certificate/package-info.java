/** Who certified a key: chains of X.509 certificates, and whom a reader trusts to certify. */
@NullMarked
package org.entente.evidence.certificate;

import org.jspecify.annotations.NullMarked;
