package org.entente.evidence.bundle;

import java.util.Optional;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.certificate.CertificateAuthorities;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.witness.TrustPolicy;

/**
 * Whom the reader of a bundle trusts. All of it comes from outside the file.
 *
 * @param cards the parties' cards, compared with the parties
 * @param witnesses whose cosignatures make a checkpoint independently witnessed; the logs that it names are not asked
 * @param authorities whose time stamps count
 * @param certifiers whose certificates of parties count
 */
public record Trusted(
        PinnedCards cards,
        Optional<TrustPolicy> witnesses,
        TimeAuthorities authorities,
        CertificateAuthorities certifiers) {
    /** Nobody who certifies parties. */
    public Trusted(PinnedCards cards, Optional<TrustPolicy> witnesses, TimeAuthorities authorities) {
        this(cards, witnesses, authorities, CertificateAuthorities.none());
    }

    /** The two parties and nobody else. */
    public static Trusted parties(PinnedCards cards) {
        return new Trusted(cards, Optional.empty(), TimeAuthorities.none());
    }
}
