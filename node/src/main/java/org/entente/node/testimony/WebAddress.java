package org.entente.node.testimony;

import java.net.URI;
import org.entente.evidence.canonical.Malformed;

/** Where somebody is asked over the web. */
final class WebAddress {
    private WebAddress() {}

    /**
     * Reads an absolute http or https address without a user's name in it.
     *
     * @param refusal the problem that says it is none
     */
    static URI parse(String address, Malformed refusal) throws Malformed {
        try {
            URI uri = URI.create(address);
            boolean usual = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (usual && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one refusal below.
        }
        throw refusal;
    }

    /** As people may read it; what follows in the address may be a secret of this party's account. */
    static String shown(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
