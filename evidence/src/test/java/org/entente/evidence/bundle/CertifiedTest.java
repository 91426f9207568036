package org.entente.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.entente.evidence.Party;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.certificate.CertificateAuthorities;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.certificate.Certifier;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What certificates are worth to a reader, statement by statement. */
class CertifiedTest {
    private static final Party MX = new Party("MX", "UIF", "");
    private static final Certifier ROOT = Certifier.root("CN=Root");
    private static final Certifier BRIEF =
            ROOT.certifies("CN=Brief", Certifier.Terms.AUTHORITY.until(Party.START.plusSeconds(60)));
    private static final CertificateChain CHAIN =
            BRIEF.chain("CN=Unidad", MX.keys("statement").publicKeys(), BRIEF);
    private static final List<PartyCard> CARDS = List.of(MX.card(1, CHAIN), MX.card(2, "b"));

    private static List<Statement> said(Party party, SecretKeys keys) {
        return LongStream.of(0, 59, 60, 61)
                .mapToObj(second -> Statement.sign(
                        StatementDraft.of(
                                "note",
                                party.code(),
                                Party.START.plusSeconds(second),
                                JsonNodeFactory.instance.objectNode()),
                        keys))
                .toList();
    }

    private static Optional<Integer> held(CertificateAuthorities trusted) {
        SecretKeys keys = MX.keys("statement").under(Optional.of(CHAIN.thumbprint()));
        List<Certified> certified = Certified.of(CARDS, said(MX, keys), trusted);
        assertThat(certified).hasSize(1);
        assertThat(certified.getFirst().statements()).isEqualTo(4);
        return certified.getFirst().held();
    }

    @Test
    void aPathHoldsForWhatIsSaidWhileAllItsCertificatesAreValid() {
        assertThat(held(ROOT.trusted())).contains(3);
        assertThat(held(BRIEF.trusted()))
                .as("the dates of whoever is trusted are not asked")
                .contains(4);
        assertThat(held(Certifier.root("CN=Root").trusted())).contains(0);
        assertThat(held(CertificateAuthorities.none())).isEmpty();
    }

    @Test
    void whatOtherKeysSignIsNotCertified() {
        List<Certified> certified = Certified.of(CARDS, said(MX, MX.keys("statementb")), ROOT.trusted());
        assertThat(certified.getFirst().statements()).isZero();
        assertThat(Certified.of(CARDS.subList(1, 2), said(MX, MX.keys("statementb")), ROOT.trusted()))
                .isEmpty();
    }
}
