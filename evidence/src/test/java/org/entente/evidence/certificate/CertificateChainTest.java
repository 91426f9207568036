package org.entente.evidence.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PublicKeys;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;

/** What a chain says of itself, and when a reader finds a path to somebody trusted. */
class CertificateChainTest {
    private static final Party MX = new Party("MX", "UIF", "");
    private static final PublicKeys KEYS = MX.keys("statement").publicKeys();
    private static final Certifier ROOT = Certifier.root("CN=Root,C=MX");
    private static final Certifier BELOW = ROOT.certifies("CN=Below,C=MX", Certifier.Terms.AUTHORITY);
    private static final CertificateChain CHAIN = BELOW.chain("CN=Unidad,C=MX", KEYS, BELOW);

    @Test
    void aChainIsWrittenAndReadBackFromItsCardAndFromAFile() throws Exception {
        byte[] json = CanonicalJson.encode(CHAIN.json());
        ArrayNode texts = (ArrayNode) CanonicalJson.parse(json, json.length);
        assertThat(CertificateChain.read(texts)).isEqualTo(CHAIN);
        byte[] leaf = BELOW.certifies("CN=Unidad,C=MX", KEYS, Certifier.Terms.HOLDER);
        CertificateChain file = CertificateChain.readPem(Certifier.pem(leaf, BELOW.der(), ROOT.der()));
        assertThat(file.thumbprint()).isEqualTo(Digest.of(leaf));
        assertThat(file.key()).isEqualTo(KEYS.ed25519().bytes());
        assertThat(file.subject()).isEqualTo("C=MX,CN=Unidad");
        assertThat(file.issuer()).isEqualTo("C=MX,CN=Below");
    }

    @Test
    void aPathLeadsToTheRootAndToWhoeverIsBelowItAndToNobodyElse() {
        assertThat(CHAIN.leadsTo(ROOT.trusted(), Party.START)).isTrue();
        assertThat(CHAIN.leadsTo(BELOW.trusted(), Party.START)).isTrue();
        assertThat(CHAIN.leadsTo(Certifier.root("CN=Root,C=MX").trusted(), Party.START))
                .as("another authority of the same name")
                .isFalse();
        assertThat(CHAIN.leadsTo(CertificateAuthorities.none(), Party.START)).isFalse();
    }

    @Test
    void aPathHoldsFromTheFirstSecondOfItsCertificatesToTheLast() {
        Instant early = Party.START.plusSeconds(3600);
        Certifier brief = ROOT.certifies("CN=Brief,C=MX", Certifier.Terms.AUTHORITY.until(early));
        CertificateChain chain = brief.chain("CN=Unidad,C=MX", KEYS, brief);
        List<Instant> moments = List.of(
                Certifier.FROM.minusSeconds(1),
                Certifier.FROM,
                Party.START,
                early,
                early.plusSeconds(1),
                Certifier.UNTIL);
        assertThat(moments.stream().map(at -> chain.leadsTo(ROOT.trusted(), at)))
                .containsExactly(false, true, true, true, false, false);
        assertThat(chain.heldAt(ROOT.trusted(), moments)).isEqualTo(3);
    }

    @Test
    void aTrustedLeafVouchesForItself() throws Exception {
        byte[] leaf = BELOW.certifies("CN=Unidad,C=MX", KEYS, Certifier.Terms.HOLDER);
        CertificateChain chain = CertificateChain.of(List.of(leaf));
        CertificateAuthorities itself = CertificateAuthorities.read(leaf);
        assertThat(chain.leadsTo(itself, Party.START)).isTrue();
        assertThat(chain.leadsTo(itself, Certifier.UNTIL.plusSeconds(1))).isFalse();
    }
}
