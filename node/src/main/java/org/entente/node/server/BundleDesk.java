package org.entente.node.server;

import java.io.IOException;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.node.act.NothingHere;

/** Writes the evidence of a relationship as one file that verifies without any node. */
public interface BundleDesk {
    /**
     * The bundle's bytes.
     *
     * @throws NothingHere when the party is no partner of this node
     */
    byte[] export(PartyCode partner) throws IOException, Malformed, NothingHere;
}
