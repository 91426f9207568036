package org.entente.node.link;

import java.util.Optional;

/** Whose certificate is it? Asked in every handshake and for every request, so a change holds at once. */
@FunctionalInterface
public interface PeerPins {
    /** The code of the party that the certificate is pinned for now; empty refuses it. */
    Optional<String> partyOf(CertificateDigest certificate);
}
