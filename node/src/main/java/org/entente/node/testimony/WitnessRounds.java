package org.entente.node.testimony;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.NoteSignature;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.Submission;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.party.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has the newest checkpoint of each log that the partner has cosigned cosigned by the independent witnesses too, each by
 * itself. When a witness is away nothing waits for it: the next round shows it whatever is newest then. What one says that it
 * has seen is not signed, so it stops nothing; the partner, who has cosigned all that any witness was shown, is asked again.
 */
public final class WitnessRounds {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessRounds.class);

    private final JdbcClient sql;
    private final Parties parties;
    private final Logs logs;
    private final Checkpoints checkpoints;
    private final Consumer<PartyCode> doubt;
    private final Clock clock;

    public WitnessRounds(
            JdbcClient sql,
            Parties parties,
            Logs logs,
            Checkpoints checkpoints,
            Consumer<PartyCode> doubt,
            Clock clock) {
        this.sql = sql;
        this.parties = parties;
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.doubt = doubt;
        this.clock = clock;
    }

    /** A round over all logs and witnesses. */
    public void renew(Witnesses witnesses) {
        for (Witnesses.Asked witness : witnesses.asked()) {
            try {
                for (Parties.Partner partner : parties.partners()) {
                    renew(witnesses, witness, partner.code());
                }
            } catch (IOException away) {
                // A witness that is away for one log is away for all.
                LOG.warn("the witness {} is away ({}); it is asked again later", witness, away.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void renew(Witnesses witnesses, Witnesses.Asked witness, PartyCode partner)
            throws IOException, InterruptedException {
        Optional<SignedCheckpoint> newest = checkpoints.cosigned(logs.origin(partner));
        if (newest.isEmpty()) {
            return;
        }
        SignedCheckpoint head = newest.get();
        long seen = seen(witness, head.checkpoint().origin());
        if (seen >= head.checkpoint().size()) {
            return;
        }
        Submission.Outcome outcome = show(witnesses, witness, seen, head);
        if (outcome instanceof Submission.Resume resume) {
            outcome = show(witnesses, witness, resume.size(), head);
        }
        switch (outcome) {
            case Submission.Cosigned cosigned -> keep(witness, cosigned.checkpoint());
            case Submission.WitnessAhead ahead -> {
                LOG.error(
                        "{} has cosigned {} entries of {}",
                        witness,
                        ahead.size(),
                        head.checkpoint().origin());
                doubt.accept(partner);
            }
            case Submission.Resume resume ->
                LOG.warn("{} names another place each time: now {}", witness, resume.size());
            case Submission.Refused refused ->
                LOG.warn(
                        "{} does not cosign {}: status {}",
                        witness,
                        head.checkpoint().origin(),
                        refused.status());
            case Submission.Unusable unusable ->
                LOG.warn("{} gave no usable cosignature: {}", witness, unusable.problem());
        }
    }

    private Submission.Outcome show(Witnesses witnesses, Witnesses.Asked witness, long from, SignedCheckpoint head)
            throws IOException, InterruptedException {
        return witnesses.show(
                witness, new Submission(from, checkpoints.consistency(from, head), head, witness.cosigner()));
    }

    private long seen(Witnesses.Asked witness, String origin) {
        return sql.sql("select coalesce(max(size), 0) from witness_cosignature where origin = ? and witness = ?")
                .params(origin, witness.key().vkey())
                .query(Long.class)
                .single();
    }

    private void keep(Witnesses.Asked witness, SignedCheckpoint cosigned) {
        List<NoteSignature> lines = cosigned.signedNote().madeBy(witness.key());
        sql.sql("""
                        insert into witness_cosignature (origin, size, witness, line, kept_at) values (?, ?, ?, ?, ?)
                        on conflict do nothing""")
                .params(
                        cosigned.checkpoint().origin(),
                        cosigned.checkpoint().size(),
                        witness.key().vkey(),
                        lines.getFirst().line(),
                        Timestamp.from(clock.instant()))
                .update();
    }
}
