package org.entente.node.run;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.node.link.CertificateDigest;
import org.entente.node.link.PeerPins;
import org.entente.node.party.Parties;
import org.entente.node.reading.Edition;

/** Which party's certificate it is, by the cards that are pinned now. */
record Pins(Parties parties) implements PeerPins {
    @Override
    public Optional<String> partyOf(CertificateDigest certificate) {
        try (Edition.Look _ = Edition.look()) {
            return party(certificate);
        }
    }

    private Optional<String> party(CertificateDigest certificate) {
        return parties.partners().stream()
                .filter(partner -> parties.linkPins(partner.code()).stream()
                        .map(Digest::hex)
                        .anyMatch(certificate.hex()::equals))
                .findFirst()
                .map(partner -> partner.code().text());
    }
}
