package org.entente.node.link;

import java.net.URI;
import java.util.Set;

/**
 * Another party's node, as its card names it.
 *
 * @param party the party's code
 * @param address {@code https://host:port}, nothing behind
 * @param pins the certificates that it may show, at least one; two during a rollover
 */
public record Peer(String party, URI address, Set<CertificateDigest> pins) {
    public Peer {
        pins = Set.copyOf(pins);
        if (!"https".equals(address.getScheme())
                || address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || !(address.getRawPath() == null || address.getRawPath().isEmpty())) {
            throw new IllegalArgumentException("not a peer's address: " + address);
        }
        if (pins.isEmpty()) {
            throw new IllegalArgumentException("a peer without a pin is never who it says");
        }
    }
}
