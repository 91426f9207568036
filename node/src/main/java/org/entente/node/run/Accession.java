package org.entente.node.run;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;
import org.entente.node.home.NodeHome;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.PreparedSuccession;
import org.entente.node.keys.SealedFiles;
import org.entente.node.ledger.CardChanges;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.PostgresOutbox;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes up a card that the root has signed, before anything else speaks: in one transaction the statements about it are
 * passed to every partner and get their places in the logs; then the new keys and the card take the places of those in use.
 * Cut short anywhere, it is gone on with at the next start: what was passed is not passed again, and the prepared keys are
 * destroyed last. While a log is being restored the card waits for a later start: its place in every log must hold.
 */
final class Accession {
    private static final Logger LOG = LoggerFactory.getLogger(Accession.class);

    private final NodeHome home;
    private final SealedFiles sealed;
    private final JdbcClient sql;
    private final Sequencer sequencer;
    private final Clock clock;

    Accession(NodeHome home, SealedFiles sealed, JdbcClient sql, Sequencer sequencer, Clock clock) {
        this.home = home;
        this.sealed = sealed;
        this.sql = sql;
        this.sequencer = sequencer;
        this.clock = clock;
    }

    /** The card that this node now stands under. */
    PartyCard card() throws IOException, Malformed {
        PartyCard held = PartyCard.parse(Files.readAllBytes(home.card()));
        Optional<PreparedSuccession> prepared = PreparedSuccession.find(home);
        if (prepared.isEmpty()) {
            return held;
        }
        PartyCard next = prepared.get().card();
        if (!next.equals(held)) {
            boolean waits = !pass(prepared.get(), held);
            if (waits) {
                LOG.warn("the prepared card waits: a log is being restored; it is taken up at a start after that");
                return held;
            }
            NodeKeys.takeUp(sealed);
            NodeHome.write(home.card(), next.bytes());
        }
        Files.deleteIfExists(home.succession());
        NodeHome.forceFolder(home.succession());
        NodeKeys.forgetPrepared(sealed, next);
        return next;
    }

    /** Says the statements to all, once; false when they must wait for a log that is being restored. */
    private boolean pass(PreparedSuccession prepared, PartyCard held) throws IOException, Malformed {
        Parties parties = new Parties(sql, held, clock);
        Logs logs = new Logs(sql, sequencer, held.party());
        Statements statements = new Statements(sql, parties, logs, clock);
        CardChanges changes = new CardChanges(parties, logs);
        Voice voice = new Voice(
                sequencer,
                statements,
                new PostgresOutbox(sql, clock),
                NodeKeys.loadNextStatementKeys(sealed),
                clock,
                () -> {});
        List<PartyCode> partners =
                parties.partners().stream().map(Parties.Partner::code).toList();
        List<Message> messages = messages(prepared);
        if (partners.isEmpty()
                || statements.find(prepared.statements().getFirst().id()).isPresent()) {
            return true;
        }
        if (new LinkStops(sql, clock).restoring()) {
            return false;
        }
        sequencer.write(() -> {
            for (int i = 0; i < messages.size(); i++) {
                voice.pass(
                        prepared.statements().get(i),
                        messages.get(i),
                        partners,
                        said -> partners.forEach(partner -> changes.take(said, partner)));
            }
        });
        return true;
    }

    private static List<Message> messages(PreparedSuccession prepared) throws Malformed {
        List<Message> messages = new ArrayList<>();
        for (Statement statement : prepared.statements()) {
            messages.add(Message.read(statement));
        }
        return messages;
    }
}
