package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.matching.oprf.EpochKey;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.Role;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** One bad statement among good ones: it is told apart, has no effect, and holds up nothing. */
@Timeout(180)
class PoisonedDeliveryTest {
    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    @Test
    void whatDoesNotVerifyIsRefusedAloneAndTheRestIsApplied() throws Exception {
        Statement first = appointment("verified-1");
        Message message = colleague("forged-1").appointment();
        Statement forged = Statement.sign(
                partner.draft(message, Instant.now()),
                SecretKeys.generate(partner.random()),
                partner.card().statementKeys().kid());
        Statement last = appointment("verified-2");
        List<Told> told = partner.tell(List.of(first.json(), forged.json(), last.json()));
        assertThat(told).extracting(Told::outcome).containsExactly("acknowledged", "refused", "acknowledged");
        assertThat(told.get(1)).isEqualTo(new Told(forged.id(), "refused", "signature.ed25519-false"));
        assertThat(officersOfThePartner("verified-1", "verified-2", "forged-1"))
                .containsExactly("verified-1", "verified-2");
        requireReceipted(first, last);
        assertThat(inTheLog(forged.id())).isFalse();
    }

    @Test
    void whatStumblesEachTimeIsKeptAsEvidenceAndTheRestIsApplied() throws Exception {
        BodyReference body = partner.bring(new byte[] {1}, NodeOnTrial.UIF);
        partner.say(index(7, publicKey(), Optional.of(Understanding.LAUNDERING), body), Encounter.LIAISON);
        Statement first = appointment("unpoisoned-1");
        Statement poison =
                partner.sign(index(7, publicKey(), Optional.of(Understanding.LAUNDERING), body), Encounter.LIAISON);
        Statement last = appointment("unpoisoned-2");
        for (int time = 0; time < 2; time++) {
            List<Told> told = partner.tell(List.of(first.json(), poison.json(), last.json()));
            assertThat(told).extracting(Told::outcome).containsExactly("acknowledged", "refused", "acknowledged");
            assertThat(told.get(1).code()).isEqualTo("exchange.not-processed");
        }
        assertThat(officersOfThePartner("unpoisoned-1", "unpoisoned-2")).hasSize(2);
        assertThat(kept(poison.id())).containsExactly("exchange.not-processed");
        requireReceipted(first, last);
        assertThat(inTheLog(poison.id())).isFalse();
    }

    @Test
    void theSameIdWithOtherBytesIsRefusedAndKept() throws Exception {
        Statement said = appointment("hedged-1");
        partner.say(said);
        ObjectNode other = HedgedSignature.over(said, partner.keys().statement());
        assertThat(other).isNotEqualTo(said.json());
        assertThat(Statement.of(other).id()).isEqualTo(said.id());
        assertThat(partner.tell(List.of(other)))
                .containsExactly(new Told(said.id(), "refused", "exchange.other-bytes"));
        assertThat(kept(said.id())).containsExactly("exchange.other-bytes");
        assertThat(partner.tell(said)).extracting(Told::outcome).containsExactly("acknowledged");
        requireReceipted(said);
        encounter.requireBundle();
    }

    @Test
    void whatIsExpiredOrFromTheFutureHasNoEffect() throws Exception {
        Message message = colleague("untimely-1").appointment();
        Instant now = Instant.now();
        Statement expired =
                partner.sign(partner.draft(message, now.minusSeconds(60)).expiringAt(now.minusSeconds(1)), message);
        Statement future = partner.sign(partner.draft(message, now.plus(Duration.ofMinutes(6))), message);
        Statement ahead = partner.sign(
                partner.draft(colleague("timely-1").appointment(), now.plus(Duration.ofMinutes(4))),
                colleague("timely-1").appointment());
        assertThat(partner.tell(List.of(expired.json(), ahead.json(), future.json())))
                .containsExactly(
                        new Told(expired.id(), "refused", "exchange.expired"),
                        new Told(ahead.id(), "acknowledged", ""),
                        new Told(future.id(), "later", ""));
        assertThat(officersOfThePartner("untimely-1", "timely-1")).containsExactly("timely-1");
        assertThat(inTheLog(expired.id())).isFalse();
        assertThat(inTheLog(future.id())).isFalse();
        requireReceipted(ahead);
    }

    @Test
    void anApprovalThatCameHoursAfterThePreparationCountsAndTheBundleVerifies() throws Exception {
        Statement proposal = proposal(Duration.ofHours(23), Instant.now());
        partner.say(proposal);
        partner.answer(proposal.id(), Reply.Receipt.class);
        assertThat(encounter.officer(Role.LEGAL).get("/api/reconciles").toString())
                .contains(proposal.id().hex());
        assertThat(encounter.requireBundle().statements())
                .extracting(Statement::id)
                .contains(proposal.id());
    }

    @Test
    void anApprovalThatCameADayLateCountsNowhere() throws Exception {
        Statement proposal = proposal(Duration.ofHours(24).plusSeconds(1), Instant.now());
        requireNotApproved(proposal);
    }

    @Test
    void nothingThatAPartnerSaysMakesTheRestUnprovable() throws Exception {
        Statement good = appointment("provable-1");
        partner.say(good);
        Message toNothing = new Reply.Receipt(Digest.of(new byte[] {77}), Reply.Stage.OPENED, Optional.of(3L));
        Message backdated = new Reply.Receipt(receiptOf(good), Reply.Stage.OPENED, Optional.empty());
        List<Statement> poisons = List.of(
                partner.sign(toNothing),
                partner.sign(partner.draft(backdated, Instant.now().minus(Duration.ofDays(1))), backdated),
                partner.sign(backdated, Colleague.of("nobody", PartnerInHand.FINCEN, Role.LEGAL)));
        for (Statement poison : poisons) {
            partner.say(poison);
            partner.requireInTheNodesLog(poison.id());
        }
        assertThat(encounter.requireBundle().statements())
                .extracting(Statement::id)
                .contains(good.id())
                .doesNotContainAnyElementsOf(poisons.stream().map(Statement::id).toList());
    }

    @Test
    void aPartnerAppointsNoOfficerOfThisParty() throws Exception {
        String before = ownLegalAdviser();
        Arrangement.OfficerAppointed usurped = new Arrangement.OfficerAppointed(
                "uif-legal",
                NodeOnTrial.UIF,
                Role.ANALYST,
                SecretKeys.generate(partner.random()).publicKeys());
        partner.tell(partner.sign(usurped));
        assertThat(ownLegalAdviser()).isEqualTo(before);
        assertThat(encounter
                        .officer(Role.LEGAL)
                        .get("/api/memoranda")
                        .path("memoranda")
                        .size())
                .isPositive();
    }

    @Test
    void anIndexThatDoesNotReadSpoilsNoListOfIndices() throws Exception {
        BodyReference body = partner.bring(new byte[] {2}, NodeOnTrial.UIF);
        Optional<Purpose> laundering = Optional.of(Understanding.LAUNDERING);
        String noPoint = Base64Text.url("no point of the group, 32 bytes.".getBytes(StandardCharsets.US_ASCII));
        Message badKey = index(21, noPoint, laundering, body);
        Message anyPurpose = index(22, publicKey(), Optional.empty(), body);
        Message toTheParty = index(23, publicKey(), laundering, body);
        StatementDraft addressed = toTheParty.draft(PartnerInHand.FINCEN, party(), Instant.now());
        partner.tell(
                partner.sign(badKey, Encounter.LIAISON),
                partner.sign(anyPurpose, Encounter.LIAISON),
                partner.sign(addressed, toTheParty, Encounter.LIAISON));
        assertThat(encounter.officer(Role.ANALYST).get("/api/indices").has("indices"))
                .isTrue();
    }

    @Test
    void aCharacterThatTheDatabaseCannotHoldHoldsUpNothing() throws Exception {
        Statement first = appointment("plain-1");
        ObjectNode content = new Reply.Refused(first.id(), Reply.Reason.QUOTA, Optional.empty()).content();
        Statement strange = partner.sign(
                StatementDraft.of(
                                Kind.REFUSED.word(),
                                PartnerInHand.FINCEN,
                                Instant.now(),
                                content.put("\u0000", "\u0000"))
                        .addressedTo(NodeOnTrial.UIF),
                colleague("x1").appointment());
        Statement last = appointment("plain-2");
        assertThat(partner.tell(List.of(first.json(), strange.json(), last.json())))
                .extracting(Told::outcome)
                .containsExactly("acknowledged", "refused", "acknowledged");
        assertThat(kept(strange.id())).hasSize(1);
        requireReceipted(first, last);
    }

    private static void requireNotApproved(Statement statement) throws Exception {
        partner.say(statement);
        assertThat(partner.answer(statement.id(), Reply.Refused.class).reason()).isEqualTo(Reply.Reason.NOT_APPROVED);
        partner.requireInTheNodesLog(statement.id());
        assertThat(encounter.requireBundle().statements())
                .extracting(Statement::id)
                .doesNotContain(statement.id());
    }

    private static Digest receiptOf(Statement statement) throws Exception {
        return partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                        && receipt.statement().equals(statement.id()))
                .statement()
                .id();
    }

    private static Statement proposal(Duration before, Instant approvedAt) {
        Message message = new Comparison.ReconcileAsked(
                encounter.understanding().memorandum().digest(),
                Understanding.LISTED,
                Understanding.DRUGS,
                Digest.of(before.toString().getBytes(StandardCharsets.US_ASCII)));
        return partner.sign(partner.draft(message, approvedAt.minus(before)), message, approvedAt, Encounter.LEGAL);
    }

    private static Comparison.IndexAnnounced index(
            long epoch, String publicKey, Optional<Purpose> purpose, BodyReference body) {
        return new Comparison.IndexAnnounced(
                new Comparison.Scope(encounter.understanding().memorandum().digest(), Understanding.LISTED, purpose),
                new Comparison.Epoch(
                        epoch, Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(29))),
                Comparison.MatchMode.SHARED_INDEX,
                new Comparison.IndexCommitment(publicKey, 64, Digest.of(new byte[] {(byte) epoch})),
                Optional.of(body));
    }

    private static String publicKey() {
        return Base64Text.url(EpochKey.generate(partner.random()).publicKey().encode());
    }

    private static Actor party() throws Exception {
        return encounter.node().card().party();
    }

    private static Colleague colleague(String pseudonym) {
        return Colleague.of(pseudonym, PartnerInHand.FINCEN, Role.ANALYST);
    }

    private static Statement appointment(String pseudonym) {
        return partner.sign(colleague(pseudonym).appointment());
    }

    private static List<String> officersOfThePartner(String... pseudonyms) {
        return encounter
                .node()
                .database()
                .client()
                .sql("select pseudonym from officer where party = 'US' and pseudonym = any(?) order by pseudonym desc")
                .param(pseudonyms)
                .query(String.class)
                .list()
                .reversed();
    }

    private static String ownLegalAdviser() {
        return encounter
                .node()
                .database()
                .client()
                .sql(
                        "select role || ' ' || encode(keys, 'hex') from officer where party = 'MX' and pseudonym = 'uif-legal'")
                .query(String.class)
                .single();
    }

    private static List<String> kept(Digest statement) {
        return encounter
                .node()
                .database()
                .client()
                .sql("select problem from kept_statement where id = ?")
                .param(statement.bytes())
                .query(String.class)
                .list();
    }

    private static boolean inTheLog(Digest statement) {
        return encounter
                .node()
                .database()
                .client()
                .sql("select count(*) > 0 from leaf where statement = ?")
                .param(statement.bytes())
                .query(Boolean.class)
                .single();
    }

    private static void requireReceipted(Statement... statements) throws Exception {
        for (Statement statement : statements) {
            partner.answer(statement.id(), Reply.Receipt.class);
            partner.requireInTheNodesLog(statement.id());
        }
    }
}
