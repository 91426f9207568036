package org.entente.node.link;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The identity that is shown from the next handshake on. A handshake asks for a name first and for certificate and key after:
 * the names of all identities that were shown stay good, so none is torn apart by a change in between.
 */
final class ShownIdentity {
    private final Map<String, LinkIdentity> named = new ConcurrentHashMap<>();
    private volatile String current = "";

    ShownIdentity(LinkIdentity first) {
        show(first);
    }

    void show(LinkIdentity next) {
        String name = next.certificateDigest().hex();
        named.put(name, next);
        current = name;
    }

    String name() {
        return current;
    }

    X509Certificate certificate(String name) {
        return of(name).certificate();
    }

    PrivateKey key(String name) {
        return of(name).key();
    }

    private LinkIdentity of(String name) {
        LinkIdentity identity = named.get(name);
        if (identity == null) {
            throw new IllegalArgumentException("an identity that was never shown");
        }
        return identity;
    }
}
