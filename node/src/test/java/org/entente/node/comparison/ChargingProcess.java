package org.entente.node.comparison;

import java.nio.file.Path;
import java.time.Duration;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.delivery.Lane.Answer;
import org.entente.memorandum.officer.Role;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;

/** A process that takes in one question of 64 elements after the other until somebody kills it. */
final class ChargingProcess {
    static final int ELEMENTS = 64;

    private ChargingProcess() {}

    public static void main(String[] arguments) throws Exception {
        PartyOnTrial party = PartyOnTrial.start(
                Path.of(arguments[0]), text -> text.replace("2048 identifiers each P1M", "99000 identifiers each P1M"));
        Questions questions = Questions.about(party);
        Signer asker = party.partnerOfficer("fincen-analyst-1", PartyOnTrial.FINCEN, Role.ANALYST);
        for (int taken = 1; !System.out.checkError(); taken++) {
            party.pass(Duration.ofSeconds(1));
            Statement question = questions.statement(ELEMENTS, 0, asker);
            Answer answer = party.reception(effects -> effects)
                    .receive(PartyOnTrial.US, question.json())
                    .answer();
            if (answer instanceof Answer.Acknowledged) {
                System.out.println("taken " + taken);
            }
        }
    }
}
