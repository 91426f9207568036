package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.card.Trust;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.exchange.message.Message;
import org.entente.memorandum.officer.Role;
import org.entente.node.keys.NodeKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A partner replaces the keys of its statements: what it said before stays, and from then on only the new keys count. */
@Timeout(180)
class CardReplacedTest {
    @TempDir
    static Path folder;

    private final PartnerInHand partner;
    private final Encounter encounter;

    CardReplacedTest() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
    }

    private NodeKeys renewed() {
        return partner.keys().renewed(Set.of(NodeKeys.Renewed.STATEMENT), partner.random());
    }

    private PartyCard card(int serial, NodeKeys keys, SecretKeys root) {
        CardContent before = partner.card().content();
        CardKeys cardKeys = new CardKeys(
                root.publicKeys(),
                keys.statement().publicKeys(),
                keys.log().publicKey(),
                keys.cosigning().publicKeys());
        return PartyCard.sign(
                new CardContent(
                        before.identity(), serial, Instant.now(), cardKeys, before.tlsPins(), before.authorities()),
                root);
    }

    private static Statement succession(PartyCard card, SecretKeys signing) {
        return Statement.sign(new CardSucceeded(card).draft(Instant.now()), signing);
    }

    private Statement appointment(String pseudonym, NodeKeys keys) {
        Message message = new Colleague(
                        pseudonym, PartnerInHand.FINCEN, Role.ANALYST, SecretKeys.generate(partner.random()))
                .appointment();
        return Statement.sign(partner.draft(message, Instant.now()), keys.statement());
    }

    private void assertRefused(Statement statement, String code) throws Exception {
        List<Told> told = partner.tell(statement);
        assertThat(told).extracting(Told::code).containsExactly(code);
        assertThat(told).extracting(Told::outcome).containsExactly("refused");
    }

    @Test
    void aPartnerReplacesItsCardByItsRootAlone() throws Exception {
        try (encounter) {
            Statement before = appointment("before-it", partner.keys());
            partner.say(before);
            NodeKeys next = renewed();
            PartyCard second = card(2, next, partner.root());
            assertRefused(appointment("too-early", next), "signature.key-other");
            assertRefused(succession(card(3, next, partner.root()), partner.root()), "succession.serial-skipped");
            assertRefused(succession(second, partner.keys().statement()), "succession.not-by-root");
            SecretKeys other = SecretKeys.generate(partner.random());
            assertRefused(succession(card(2, next, other), other), "signature.key-other");
            assertRefused(succession(card(2, next, other), partner.root()), "succession.root-other");

            Statement succession = succession(second, partner.root());
            partner.say(succession);
            partner.say(appointment("after-it", next));
            assertRefused(appointment("too-late", partner.keys()), "succession.key-superseded");
            // Its first acknowledgement may have been lost: what was said under the old card is known.
            partner.say(before);
            // Said again, with another moment: it changes nothing.
            partner.say(succession(second, partner.root()));
            partner.say(succession(partner.card(), partner.root()));
            assertRefused(succession(card(2, renewed(), partner.root()), partner.root()), "succession.contradicting");
            assertThat(encounter
                            .node()
                            .database()
                            .client()
                            .sql("select count(*) from kept_statement where problem = 'succession.contradicting'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
            partner.say(appointment("after-all", next));

            partner.requireInTheNodesLog(before.id(), succession.id());
            BundleReport report = encounter.requireBundle();
            BundleReport.Party us = report.parties().getLast();
            assertThat(us.card()).isEqualTo(second);
            assertThat(us.trust()).isEqualTo(Trust.SUCCESSION);
            assertThat(report.statements()).contains(before, succession);

            partner.say(revocation(KeyName.statement(second)));
            assertRefused(appointment("revoked", next), "succession.key-revoked");
            assertRefused(revocation(KeyName.statement(card(9, renewed(), partner.root()))), "succession.key-unknown");
            NodeKeys last = renewed();
            Statement third = succession(card(3, last, partner.root()), partner.root());
            partner.say(third);
            partner.say(appointment("last", last));
            partner.requireInTheNodesLog(third.id());
            assertThat(encounter.requireBundle().statements()).contains(before, third);
        }
    }

    private Statement revocation(KeyName key) {
        return Statement.sign(
                new KeyRevoked(key, KeyRevoked.Reason.COMPROMISED).draft(PartnerInHand.US, Instant.now()),
                partner.root());
    }
}
