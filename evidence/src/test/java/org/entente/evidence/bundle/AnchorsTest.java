package org.entente.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.entente.evidence.Party;
import org.entente.evidence.attack.Clock;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.witness.TrustPolicy;
import org.junit.jupiter.api.Test;

/** What others than the two parties say about a log: what it is worth, and to whom. */
class AnchorsTest {
    private static final Story STORY = new Story("");
    private static final PinnedCards PINS = PinnedCards.of(STORY.cards());
    private static final Instant SEEN = Party.START.plusSeconds(1200);
    private static final CosignerSecrets ALPHA = witness("alpha.example");
    private static final CosignerSecrets BETA = witness("beta.example");
    private static final Clock ROOT = Clock.root("CN=Root of times");
    private static final Clock CLOCK = ROOT.certifies("CN=Clock", KeyPurposeId.id_kp_timeStamping);

    private static CosignerSecrets witness(String name) {
        byte[] seed = Digest.of(name.getBytes(StandardCharsets.UTF_8)).bytes();
        return CosignerSecrets.of(name, Ed25519SecretKey.ofSeed(seed), MlDsa44SecretKey.ofSeed(seed));
    }

    /** A policy that wants so many of the keys of these. */
    private static TrustPolicy policy(int threshold, CosignerSecrets... witnesses) throws Malformed {
        StringBuilder lines = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (CosignerSecrets witness : witnesses) {
            for (var key : witness.cosigner().keys()) {
                names.add("w" + names.size());
                lines.append("witness ")
                        .append(names.getLast())
                        .append(' ')
                        .append(key.vkey())
                        .append('\n');
            }
        }
        lines.append("group all ")
                .append(threshold)
                .append(' ')
                .append(String.join(" ", names))
                .append('\n');
        return TrustPolicy.parse((lines + "quorum all\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Trusted trusting(TrustPolicy policy) {
        return new Trusted(PINS, Optional.of(policy), TimeAuthorities.none());
    }

    private static Trusted trusting(Clock clock) throws Exception {
        return new Trusted(
                PINS, Optional.empty(), TimeAuthorities.read(clock.certificate().getEncoded()));
    }

    private static byte[] stamp(Checkpoint head, Instant at) {
        return CLOCK.token(
                Clock.says(NISTObjectIdentifiers.id_sha256, head.digest().bytes(), at, BigInteger.TEN));
    }

    private static BundleReport verified(Trusted trusted, LogAnchor... anchors) {
        BundleOutcome outcome =
                BundleVerification.verify(STORY.bundle(List.of(anchors)).bytes(), trusted);
        assertThat(outcome).isInstanceOf(BundleOutcome.Verified.class);
        return outcome.report().orElseThrow();
    }

    private static String refused(Trusted trusted, LogAnchor... anchors) {
        BundleOutcome outcome =
                BundleVerification.verify(STORY.bundle(List.of(anchors)).bytes(), trusted);
        assertThat(outcome).isInstanceOf(BundleOutcome.False.class);
        return ((BundleOutcome.False) outcome).problem().toString();
    }

    private static String word(BundleReport report) {
        return report.json().get("witnessing").stringValue();
    }

    @Test
    void aWitnessOfTheReadersPolicyMakesItIndependent() throws Exception {
        LogAnchor anchor = STORY.anchor(STORY.headOfMx(10), List.of(ALPHA, BETA), SEEN);
        BundleReport report = verified(trusting(policy(4, ALPHA, BETA)), anchor);
        assertThat(word(report)).isEqualTo("independently-witnessed");
        assertThat(report.witnessedSince(0)).contains(SEEN);
        assertThat(word(verified(trusting(policy(5, ALPHA, BETA, witness("gamma.example"))), anchor)))
                .isEqualTo("two-party");
        assertThat(word(verified(Trusted.parties(PINS), anchor))).isEqualTo("two-party");
    }

    @Test
    void whatCameAfterItIsNotWitnessed() throws Exception {
        BundleReport report =
                verified(trusting(policy(2, ALPHA)), STORY.anchor(STORY.headOfMx(7), List.of(ALPHA), SEEN));
        assertThat(report.witnessed()).isEqualTo(3);
        assertThat(word(report)).isEqualTo("two-party");
        assertThat(report.witnessedSince(2)).contains(SEEN);
        assertThat(report.witnessedSince(3)).isEmpty();
    }

    @Test
    void theEarliestWordCounts() throws Exception {
        BundleReport report = verified(
                trusting(policy(2, ALPHA)),
                STORY.anchor(STORY.headOfMx(4), List.of(ALPHA), SEEN),
                STORY.anchor(STORY.headOfMx(10), List.of(ALPHA), Story.END));
        assertThat(report.witnessedSince(0)).contains(SEEN);
        assertThat(report.witnessedSince(4)).contains(Story.END);
        assertThat(word(report)).isEqualTo("independently-witnessed");
    }

    @Test
    void thePartiesAreNoThirds() throws Exception {
        CosignerSecrets us = CosignerSecrets.of(
                "us.example", new Party("US", "FINCEN", "").cosigningKeys().ed25519());
        LogAnchor anchor = STORY.anchor(STORY.headOfMx(10), List.of(us), SEEN);
        assertThat(word(verified(trusting(policy(1, us)), anchor))).isEqualTo("two-party");
        LogAnchor both = STORY.anchor(STORY.headOfMx(10), List.of(us, ALPHA), SEEN);
        assertThat(word(verified(trusting(policy(3, us, ALPHA)), both))).isEqualTo("independently-witnessed");
    }

    @Test
    void aTimeStampThatTheReaderTrustsMakesItIndependent() throws Exception {
        Checkpoint head = STORY.headOfMx(10);
        LogAnchor anchor = STORY.anchor(head, List.of(), SEEN, stamp(head, SEEN));
        BundleReport report = verified(trusting(CLOCK), anchor);
        assertThat(word(report)).isEqualTo("independently-witnessed");
        assertThat(report.witnessedSince(1)).contains(SEEN);
        BundleReport unknown = verified(trusting(Clock.root("CN=Somebody else")), anchor);
        assertThat(word(unknown)).isEqualTo("two-party");
        assertThat(unknown.logs().getFirst().vouchings().getFirst().uncounted()).isEqualTo(1);
    }

    @Test
    void aFalseCheckpointMakesTheBundleFalse() throws Exception {
        Checkpoint head = STORY.headOfMx(10);
        Checkpoint earlier = STORY.headOfMx(6);
        Checkpoint otherHistory = new Checkpoint(earlier.origin(), 6, head.root());
        assertThat(refused(Trusted.parties(PINS), STORY.anchor(otherHistory, List.of(), SEEN)))
                .startsWith("bundle.anchor-other-history");
        Checkpoint otherLog = new Checkpoint("entente/log/US/MX/1", 10, head.root());
        assertThat(refused(Trusted.parties(PINS), STORY.anchor(otherLog, List.of(), SEEN)))
                .contains("checkpoint.origin-other");
        LogAnchor one = STORY.anchor(earlier, List.of(), SEEN);
        LogAnchor last = STORY.anchor(head, List.of(), SEEN);
        assertThat(refused(Trusted.parties(PINS), one, one)).startsWith("bundle.anchor-order");
        assertThat(refused(Trusted.parties(PINS), last, one)).startsWith("bundle.anchor-order");
        LogAnchor larger = new LogAnchor(
                STORY.anchor(new Checkpoint(head.origin(), 11, head.root()), List.of(), SEEN, new byte[0][])
                        .checkpoint(),
                List.of(),
                List.of());
        assertThat(refused(Trusted.parties(PINS), larger)).startsWith("bundle.anchor-other-history");
    }

    /** A partner hands over what it likes, and no exporter knows whom the reader trusts. */
    @Test
    void aFalseWordOfOthersProvesNothingAndSpoilsNothing() throws Exception {
        Checkpoint head = STORY.headOfMx(10);
        Checkpoint earlier = STORY.headOfMx(6);
        LogAnchor otherImprint = STORY.anchor(earlier, List.of(), SEEN, stamp(head, SEEN), new byte[9]);
        BundleReport report = verified(trusting(CLOCK), otherImprint);
        assertThat(report.witnessed()).isZero();
        assertThat(report.logs().getFirst().vouchings().getFirst().uncounted()).isEqualTo(2);

        LogAnchor honest = STORY.anchor(head, List.of(ALPHA), SEEN);
        LogAnchor other = STORY.anchor(STORY.headOfMx(8), List.of(ALPHA), SEEN);
        LogAnchor forged = new LogAnchor(
                withoutLastLine(honest)
                        + other.checkpoint().substring(withoutLastLine(other).length()),
                honest.consistency(),
                List.of());
        assertThat(word(verified(trusting(policy(1, ALPHA)), forged))).isEqualTo("two-party");
        assertThat(word(verified(Trusted.parties(PINS), forged))).isEqualTo("two-party");
    }

    @Test
    void nobodySawAStatementBeforeItWasSaid() throws Exception {
        Checkpoint head = STORY.headOfMx(10);
        Instant before = Party.START.minusSeconds(3600);
        assertThat(verified(trusting(CLOCK), STORY.anchor(head, List.of(), SEEN, stamp(head, before)))
                        .witnessed())
                .isZero();
        assertThat(verified(trusting(policy(2, ALPHA)), STORY.anchor(head, List.of(ALPHA), before))
                        .witnessed())
                .isZero();
        LogAnchor both = STORY.anchor(head, List.of(ALPHA), SEEN);
        assertThat(verified(trusting(policy(2, ALPHA)), both).witnessed()).isEqualTo(5);
    }

    private static String withoutLastLine(LogAnchor anchor) {
        String note = anchor.checkpoint();
        return note.substring(0, note.lastIndexOf('\n', note.length() - 2) + 1);
    }
}
