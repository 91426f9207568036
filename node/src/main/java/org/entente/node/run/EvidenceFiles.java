package org.entente.node.run;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.node.act.NothingHere;
import org.entente.node.delivery.Bundles;
import org.entente.node.delivery.Receipts;
import org.entente.node.export.ExportDesk;
import org.entente.node.server.EvidenceDesk;

/** What is written for others to verify. */
record EvidenceFiles(Bundles bundles, Receipts receipts, ExportDesk exports) implements EvidenceDesk {
    @Override
    public byte[] bundle(PartyCode partner, Optional<Digest> ofCase) throws Malformed {
        return bundles.export(partner, ofCase);
    }

    @Override
    public byte[] receipt(Digest statement) throws Malformed, NothingHere {
        return receipts.of(statement);
    }
}
