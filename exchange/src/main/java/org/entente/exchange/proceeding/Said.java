package org.entente.exchange.proceeding;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;

/** One accepted statement, as a proceeding sees it. */
public record Said(PartyCode by, Digest statement, Message message) {

    public static Said of(Statement statement) throws Malformed {
        return new Said(statement.from().party(), statement.id(), Message.read(statement));
    }

    boolean answers(Digest other) {
        return message.answers().equals(Optional.of(other));
    }
}
