package org.entente.node.server;

import java.io.IOException;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.node.act.NothingHere;
import org.entente.node.export.ExportDesk;

/** Writes evidence as files that verify without any node. */
public interface EvidenceDesk {
    /**
     * The bundle of a relationship.
     *
     * @param ofCase what statements say instead of a case's reference, if only that case is wanted
     * @throws NothingHere when the party is no partner of this node
     */
    byte[] bundle(PartyCode partner, Optional<Digest> ofCase) throws IOException, Malformed, NothingHere;

    /**
     * The proof that a partner received a statement of this node.
     *
     * @throws NothingHere when this node has said no such statement
     */
    byte[] receipt(Digest statement) throws IOException, Malformed, NothingHere;

    /** Bundles that show contents, each of which an officer has approved. */
    ExportDesk exports();
}
