package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.delivery.Lane.Answer;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Reply;
import org.entente.matching.oprf.EpochKey;
import org.entente.memorandum.officer.Role;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example memorandum lets the key of an index live thirty days. */
@Timeout(180)
class EpochAnnouncedTest {
    private static final Duration LONGEST = Duration.ofDays(30);

    @TempDir
    static Path folder;

    private static PartyOnTrial party;
    private static Signer liaison;
    private static byte[] key;

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder);
        liaison = party.partnerOfficer("fincen-liaison-1", PartyOnTrial.FINCEN, Role.LIAISON);
        key = EpochKey.generate(party.random()).publicKey().encode();
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @Test
    void ourOwnIndexLastsAsLongAsTheMemorandumLetsIt() throws Exception {
        Questions.about(party);
        Indices.Announced index = party.indices.all().stream()
                .filter(Indices.Announced::own)
                .findFirst()
                .orElseThrow();
        assertThat(index.facts().until()).isEqualTo(now().plus(LONGEST));
    }

    @Test
    void anIndexThatLastsLongerIsRefusedUnderTheClauseThatSaysSo() throws Exception {
        Statement tooLong = announce(1, 0, now().plus(LONGEST).plusSeconds(1));
        assertThat(receive(tooLong)).isInstanceOf(Answer.Acknowledged.class);
        assertThat(refusal(tooLong)).map(Reply.Refused::reason).contains(Reply.Reason.NOT_PERMITTED);
        assertThat(refusal(tooLong).flatMap(Reply.Refused::clause)).contains("2.2");
        assertThat(party.indices.find(tooLong.id())).isEmpty();
        Statement longest = announce(1, 0, now().plus(LONGEST));
        receive(longest);
        assertThat(refusal(longest)).isEmpty();
        assertThat(party.indices.find(longest.id()).orElseThrow().facts().until())
                .isEqualTo(now().plus(LONGEST));
    }

    @Test
    void allGenerationsOfAnEpochEndTogether() throws Exception {
        Instant until = now().plus(Duration.ofDays(10));
        receive(announce(2, 0, until));
        Statement longer = announce(2, 1, until.plusSeconds(1));
        receive(longer);
        assertThat(refusal(longer)).map(Reply.Refused::reason).contains(Reply.Reason.OUT_OF_DATE);
        assertThat(party.indices.find(longer.id())).isEmpty();
        Statement shorter = announce(2, 1, until.minusSeconds(1));
        receive(shorter);
        assertThat(refusal(shorter)).isPresent();
        Statement same = announce(2, 1, until);
        receive(same);
        assertThat(refusal(same)).isEmpty();
    }

    @Test
    void whatIsAnnouncedAfterTheEndIsRefused() throws Exception {
        Statement late = announce(3, 0, now());
        receive(late);
        assertThat(refusal(late)).isPresent();
        assertThat(party.indices.find(late.id())).isEmpty();
    }

    private static Statement announce(long epoch, int generation, Instant until) {
        Comparison.IndexAnnounced message = new Comparison.IndexAnnounced(
                new Comparison.Scope(party.memorandum.digest(), Questions.COMPANY, Optional.of(Questions.PURPOSE)),
                new Comparison.Epoch(epoch, until),
                Comparison.MatchMode.HOME_INDEX,
                new Comparison.IndexCommitment(Base64Text.url(key), 64, Digest.of(key), generation),
                Optional.empty());
        StatementDraft draft = message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, now());
        return party.partner.say(
                draft.withApprovals(List.of(liaison.approve("index", draft.approvalSubject(), now()))));
    }

    private static Instant now() {
        return party.clock.instant();
    }

    private static Answer receive(Statement statement) throws Exception {
        return party.reception(effects -> effects)
                .receive(PartyOnTrial.US, statement.json())
                .answer();
    }

    private static Optional<Reply.Refused> refusal(Statement statement) {
        return party.statements.ofKind(PartyOnTrial.US, Kind.REFUSED.word()).stream()
                .map(entry -> (Reply.Refused) entry.message())
                .filter(refused -> refused.statement().equals(statement.id()))
                .findFirst();
    }
}
