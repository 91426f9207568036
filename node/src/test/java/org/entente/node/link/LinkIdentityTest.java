package org.entente.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Random;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;

class LinkIdentityTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final LinkIdentity mexico = LinkIdentity.generate("MX", NOW, new SecureRandom());

    @Test
    void itsPartsMakeTheSameIdentityAgain() throws Exception {
        LinkIdentity again = LinkIdentity.of(mexico.certificateDer(), mexico.privateKeyDer());
        assertThat(again.certificateDigest()).isEqualTo(mexico.certificateDigest());
        X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(mexico.certificatePem().getBytes(StandardCharsets.US_ASCII)));
        assertThat(CertificateDigest.of(read)).isEqualTo(mexico.certificateDigest());
        assertThat(read.getSubjectX500Principal().getName()).isEqualTo("CN=MX");
        read.verify(read.getPublicKey());
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        LinkIdentity other = LinkIdentity.generate("MX", NOW, new SecureRandom());
        assertThatThrownBy(() -> LinkIdentity.of(mexico.certificateDer(), other.privateKeyDer()))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void damagedPartsAreRefusedAndNeverThrowAnythingElse() {
        long seed = 20260102;
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            byte[] certificate = mexico.certificateDer();
            byte[] key = mexico.privateKeyDer();
            byte[] damaged = random.nextBoolean() ? certificate : key;
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                LinkIdentity read = LinkIdentity.of(certificate, key);
                assertThat(read.certificateDer())
                        .as("seed %d round %d", seed, round)
                        .isEqualTo(certificate);
            } catch (Malformed expected) {
                assertThat(expected.problem().code()).isEqualTo("link.identity-malformed");
            }
        }
    }

    @Test
    void itPrintsWithoutItsKey() {
        assertThat(mexico.toString())
                .contains("redacted")
                .contains(mexico.certificateDigest().hex());
    }
}
