package org.entente.node.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A question of the partner that is open in a copy of the database, while its answer may have been given. */
@Timeout(180)
class RecalledEffectsTest {
    @TempDir
    Path folder;

    private PartyOnTrial party;
    private Statement question;

    @BeforeEach
    void start() throws Exception {
        party = PartyOnTrial.start(folder);
        Questions questions = Questions.about(party);
        question =
                questions.statement(64, 0, party.partnerOfficer("fincen-analyst-1", PartyOnTrial.FINCEN, Role.ANALYST));
        party.reception(effects -> effects).receive(PartyOnTrial.US, question.json());
    }

    @AfterEach
    void stop() {
        party.close();
    }

    @Test
    void whatIsOwedToAPartnerWaitsUntilItIsKnownWhatItHasSeen() {
        assertThat(party.duties().next()).contains(question.id());
        party.assurance().lose(PartyOnTrial.US);
        assertThat(party.duties().next()).isEmpty();
        party.assurance().gain(PartyOnTrial.US);
        assertThat(party.duties().next()).contains(question.id());
    }

    @Test
    void whatThisPartySaidWhenItDidADutyTakesItAsDone() throws Exception {
        assertThat(recall(Reply.Stage.DELIVERED)).isEmpty();
        assertThat(party.duties().next()).contains(question.id());
        assertThat(recall(Reply.Stage.UNREADABLE))
                .as("what it had brought is lost with the database")
                .contains("restore.done-before");
        assertThat(party.duties().next()).isEmpty();
        assertThat(recall(Reply.Stage.UNREADABLE)).isEmpty();
    }

    @Test
    void whatThisPartyRefusedIsNotAnsweredLater() throws Exception {
        Reply.Refused refused = new Reply.Refused(question.id(), Reply.Reason.EPOCH_ENDED, Optional.empty());
        Statement said = party.own.say(refused.draft(PartyOnTrial.UIF, PartyOnTrial.FINCEN, party.clock.instant()));
        assertThat(party.recalled().recall(said, refused, List.of())).isEmpty();
        assertThat(party.duties().next()).isEmpty();
    }

    private Optional<String> recall(Reply.Stage stage) throws Exception {
        Reply.Receipt receipt = new Reply.Receipt(question.id(), stage, Optional.empty());
        Statement said = party.own.say(receipt.draft(PartyOnTrial.UIF, PartyOnTrial.FINCEN, party.clock.instant()));
        return party.recalled().recall(said, receipt, List.of());
    }
}
