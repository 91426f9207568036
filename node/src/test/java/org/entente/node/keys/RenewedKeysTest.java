package org.entente.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.body.BodyRecipient;
import org.entente.exchange.body.SealedBody;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys that are replaced without an outage: those of bodies and of the link. */
class RenewedKeysTest {
    private static final byte[] PASSPHRASE = "a passphrase of a test".getBytes(StandardCharsets.UTF_8);
    private static final PartyCode MX = new PartyCode("MX");
    private static final AuthorityCode UIF = new AuthorityCode(MX, "UIF");

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();

    private NodeHome home() throws Exception {
        NodeHome home = new NodeHome(folder.resolve("home"));
        NodeBirth.give(
                home,
                new NodeSettings(MX, "Mexico", "México", "#0b6b3a", List.of(UIF)),
                new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                random,
                Clock.systemUTC());
        return home;
    }

    private PartyCard prepare(NodeHome home, NodeKeys.Renewed which) throws Exception {
        return PreparedSuccession.prepare(
                        home,
                        new PreparedSuccession.Renewal(Set.of(which), Optional.empty()),
                        new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                        random,
                        Instant.now())
                .card();
    }

    private static void adopt(NodeHome home, SealedFiles files, PartyCard card) throws Exception {
        NodeHome.write(home.card(), card.bytes());
        Files.delete(home.succession());
        NodeKeys.forgetPrepared(files, card);
    }

    private SealedBody sealedFor(PartyCard card) throws Exception {
        String recipient = card.authority(UIF).orElseThrow().bodyRecipient();
        return SealedBody.seal(
                "content".getBytes(StandardCharsets.UTF_8), List.of(BodyRecipient.parse(recipient)), random);
    }

    @Test
    void whatWasSealedBeforeABodyKeyWasReplacedIsStillOpened() throws Exception {
        NodeHome home = home();
        SealedFiles files = SealedFiles.open(home.keys(), PASSPHRASE, random);
        PartyCard held = PartyCard.parse(Files.readAllBytes(home.card()));
        SealedBody early = sealedFor(held);
        for (int round = 1; round <= 2; round++) {
            PartyCard card = prepare(home, NodeKeys.Renewed.BODY);
            assertThat(card.authority(UIF)).isNotEqualTo(held.authority(UIF));
            // Cut short after it was done, it is done again.
            NodeKeys.takeUp(files);
            NodeKeys.takeUp(files);
            adopt(home, files, card);
            NodeKeys keys = NodeKeys.load(files, card);
            assertThat(keys.opening(UIF)).hasSize(1 + round);
            for (SealedBody body : List.of(early, sealedFor(card))) {
                assertThat(SealedBody.openSalted(body.ciphertext(), body.reference(), keys.opening(UIF))
                                .content())
                        .asString()
                        .isEqualTo("content");
            }
            held = card;
        }
        assertThat(files.names()).noneMatch(name -> name.startsWith("next."));
    }

    @Test
    void aLinkCertificateIsNamedBesideTheOldOneAndAloneOnceItIsShown() throws Exception {
        NodeHome home = home();
        SealedFiles files = SealedFiles.open(home.keys(), PASSPHRASE, random);
        PartyCard first = PartyCard.parse(Files.readAllBytes(home.card()));
        PartyCard second = prepare(home, NodeKeys.Renewed.LINK);
        adopt(home, files, second);
        assertThat(second.content().tlsPins())
                .hasSize(2)
                .containsAll(first.content().tlsPins());
        assertThatThrownBy(() -> prepare(home, NodeKeys.Renewed.LINK)).hasMessageContaining("succession.link-pending");
        PartyCard third = prepare(home, NodeKeys.Renewed.LOG);
        NodeKeys.takeUp(files);
        adopt(home, files, third);
        assertThat(third.content().tlsPins()).isEqualTo(second.content().tlsPins());
        LinkKeys.takeUp(files);
        assertThat(LinkKeys.pin(LinkKeys.current(files)))
                .isEqualTo(third.content().tlsPins().getLast());
        PartyCard fourth = prepare(home, NodeKeys.Renewed.LOG);
        assertThat(fourth.content().tlsPins())
                .containsExactly(third.content().tlsPins().getLast());
    }

    @Test
    void aChangeOfTheLinkKeyThatWasCutShortIsFinished() throws Exception {
        NodeHome home = home();
        SealedFiles files = SealedFiles.open(home.keys(), PASSPHRASE, random);
        PartyCard second = prepare(home, NodeKeys.Renewed.LINK);
        files.write("link.key", files.read("next.link.key"));
        assertThat(LinkKeys.pin(LinkKeys.current(files)))
                .isEqualTo(second.content().tlsPins().getLast());
        assertThat(LinkKeys.next(files)).isEmpty();
    }
}
