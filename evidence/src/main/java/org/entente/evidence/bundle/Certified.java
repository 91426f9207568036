package org.entente.evidence.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.certificate.CertificateAuthorities;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.statement.Statement;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Under which certificate a party signed statements of a bundle, and what that is worth to the reader. A chain that leads to nobody whom the reader trusts is no fault
 * of the bundle; it proves nothing.
 *
 * @param chain of a card that held in the bundle
 * @param statements how many statements, the seal among them, the certified key signed
 * @param held for how many of these a path of certificates, all valid at the moment that the statement bears, led to an authority that the reader trusts; empty when the
 *     reader trusts none. Nobody was asked whether a certificate was revoked
 */
public record Certified(CertificateChain chain, int statements, Optional<Integer> held) {
    /** What is so for the certificates of one party's cards. */
    static List<Certified> of(List<PartyCard> cards, List<Statement> statements, CertificateAuthorities trusted) {
        PartyCode party = cards.getFirst().party();
        List<Certified> certified = new ArrayList<>();
        for (CertificateChain chain : cards.stream()
                .flatMap(card -> card.certificates().stream())
                .distinct()
                .toList()) {
            Optional<?> thumbprint = Optional.of(chain.thumbprint());
            List<Instant> moments = statements.stream()
                    .filter(statement -> statement.from().party().equals(party)
                            && statement.certificate().equals(thumbprint))
                    .map(Statement::at)
                    .toList();
            Optional<Integer> held = trusted.isEmpty() ? Optional.empty() : Optional.of(chain.heldAt(trusted, moments));
            certified.add(new Certified(chain, moments.size(), held));
        }
        return certified;
    }

    ObjectNode json() {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("subject", chain.subject())
                .put("issuer", chain.issuer())
                .put("certificate", chain.thumbprint().hex())
                .put("statements", statements);
        held.ifPresent(count -> line.put("pathHeld", count));
        return line;
    }
}
