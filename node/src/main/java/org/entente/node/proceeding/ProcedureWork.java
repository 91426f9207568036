package org.entente.node.proceeding;

import java.io.IOException;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.item.Envelope;
import org.entente.node.body.Bodies;
import org.entente.node.comparison.ComparisonWork.Once;
import org.entente.node.ledger.Voice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Opens what travelled sealed with a step of a partner: the body must say what the envelope beside it says. */
public final class ProcedureWork {
    private static final Logger LOG = LoggerFactory.getLogger(ProcedureWork.class);
    /** Greatest length of the sealed fields of a step in bytes: its texts, lists and rows have bounds of their own. */
    static final int BYTES_MAX = 1 << 24;

    private final Procedures procedures;
    private final Bodies bodies;
    private final Voice voice;

    public ProcedureWork(Procedures procedures, Bodies bodies, Voice voice) {
        this.procedures = procedures;
        this.bodies = bodies;
        this.voice = voice;
    }

    /** Reads the sealed fields and keeps them for the officers, or answers that they cannot be read. */
    public void open(Statement statement, Procedure step, Once once) throws IOException {
        AuthorityCode receiver = (AuthorityCode) statement.to().orElseThrow();
        ObjectNode values;
        try {
            values = values(step, receiver);
        } catch (Malformed malformed) {
            LOG.warn("what came sealed with {} cannot be read: {}", statement, malformed.problem());
            once.run(() -> receipt(statement, Reply.Stage.UNREADABLE));
            return;
        }
        once.run(() -> {
            procedures.keep(statement.id(), values);
            receipt(statement, Reply.Stage.OPENED);
        });
    }

    private ObjectNode values(Procedure step, AuthorityCode receiver) throws IOException, Malformed {
        BodyReference sealed = step.given().sealed().orElseThrow();
        Members body = Members.of(CanonicalJson.parseCanonical(bodies.open(sealed, receiver), BYTES_MAX), "");
        ObjectNode values = body.object("values");
        if (step.given().envelope().isPresent()) {
            Envelope inside = Envelope.fromJson(body.node("envelope"));
            if (!inside.equals(step.given().envelope().get())) {
                throw new Malformed("handover.envelope-differs");
            }
        }
        body.end();
        return values;
    }

    private void receipt(Statement statement, Reply.Stage stage) {
        voice.say(
                new Reply.Receipt(statement.id(), stage, Optional.empty()),
                statement.to().orElseThrow(),
                statement.from());
    }
}
