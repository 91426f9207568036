package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.Certified;
import org.entente.evidence.bundle.Trusted;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.certificate.CertificateAuthorities;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.certificate.OpenSslCertifier;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.memorandum.officer.Role;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes, of which one gets a certificate for its key from an authority that its partner has never heard of. */
@Timeout(300)
class CertifiedPartyTest {
    @TempDir
    Path folder;

    private BundleReport verified(House mx, House us, CertificateAuthorities certifiers) throws Exception {
        Trusted trusted = new Trusted(
                PinnedCards.of(List.of(mx.card(), us.card())), Optional.empty(), TimeAuthorities.none(), certifiers);
        BundleOutcome ours = BundleVerification.verify(mx.bundle(us.card().party()), trusted);
        assertThat(ours).as(ours.toString()).isInstanceOf(BundleOutcome.Verified.class);
        BundleOutcome theirs = BundleVerification.verify(us.bundle(mx.card().party()), trusted);
        assertThat(theirs).as(theirs.toString()).isInstanceOf(BundleOutcome.Verified.class);
        return theirs.report().orElseThrow();
    }

    @Test
    void aPartyGetsACertificateAndItsStatementsHoldUnderIt() throws Exception {
        OpenSslCertifier authority = OpenSslCertifier.found(Files.createDirectory(folder.resolve("authority")));
        OpenSslCertifier stranger = OpenSslCertifier.found(Files.createDirectory(folder.resolve("stranger")));
        try (House mx = new House(folder.resolve("mx"), "MX", "UIF");
                House us = new House(folder.resolve("us"), "US", "FINCEN")) {
            mx.pin(us);
            us.pin(mx);
            mx.sign(Understanding.text());
            us.sign(Understanding.text());
            KeysReplacedTest.settle(mx, us, mx);

            byte[] request = mx.requestCertificate();
            assertThat(mx.requestCertificate()).as("asked again").isEqualTo(request);
            byte[] pem = authority.certify(request);
            CertificateChain chain = CertificateChain.readPem(pem);
            mx.bring(chain);
            assertThat(mx.card().certificates()).contains(chain);
            assertThat(mx.waitsForCertificate()).isFalse();
            mx.enrol(Role.ANALYST);
            us.enrol(Role.ANALYST);
            KeysReplacedTest.settle(mx, us, mx);
            assertThat(mx.refused() + us.refused()).isZero();

            Certified found = verified(mx, us, CertificateAuthorities.read(authority.root()))
                    .parties()
                    .getFirst()
                    .certified()
                    .getFirst();
            assertThat(found.chain()).isEqualTo(chain);
            assertThat(found.statements()).isPositive();
            assertThat(found.held()).contains(found.statements());
            assertThat(verified(mx, us, CertificateAuthorities.read(stranger.root()))
                            .parties()
                            .getFirst()
                            .certified()
                            .getFirst()
                            .held())
                    .contains(0);
            assertThat(verified(mx, us, CertificateAuthorities.none())
                            .parties()
                            .getFirst()
                            .certified()
                            .getFirst()
                            .held())
                    .isEmpty();

            mx.replaceKeys();
            assertThat(mx.card().certificates()).isEmpty();
            mx.enrol(Role.LIAISON);
            KeysReplacedTest.settle(mx, us, mx);
            assertThat(verified(mx, us, CertificateAuthorities.read(authority.root()))
                            .parties()
                            .getFirst()
                            .certified())
                    .containsExactly(found);
        }
    }
}
