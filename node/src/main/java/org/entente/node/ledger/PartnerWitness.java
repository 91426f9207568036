package org.entente.node.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.Witness;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * This node as the witness of its partners' logs. What it has seen of a log is stored before a cosignature leaves, under the
 * row's lock, so that neither a crash nor two calls at once can make it cosign two histories.
 */
public final class PartnerWitness {
    private final JdbcClient sql;
    private final TransactionOperations transactions;
    private final PartyCode own;
    private final Ed25519SecretKey cosigningKey;
    private final Clock clock;

    public PartnerWitness(
            JdbcClient sql,
            TransactionOperations transactions,
            PartyCode own,
            Ed25519SecretKey cosigningKey,
            Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.own = own;
        this.cosigningKey = cosigningKey;
        this.clock = clock;
    }

    /** What the witness answers. */
    public sealed interface Answer {
        /**
         * The log only grew.
         *
         * @param note the checkpoint with this node's cosignature
         */
        record Cosigned(String note) implements Answer {}

        /** The proof does not begin where this witness stands, or does not hold; it should begin at this size. */
        record StartsElsewhere(long size) implements Answer {}

        /** The log shows another history than before; nothing of it is cosigned any more. */
        record Conflict() implements Answer {}
    }

    /** The origin of the log that the partner keeps of its relationship with this node. */
    public String origin(PartyCode partner) {
        return LogNames.relationship(partner, own, 1);
    }

    /** How much of a partner's log this node has cosigned. */
    public Optional<SignedCheckpoint> seen(PartyCard partner) {
        return sql.sql("select note from witnessed where origin = ?")
                .param(origin(partner.party()))
                .query(String.class)
                .optional()
                .map(note -> open(note, partner));
    }

    /**
     * Judges a partner's new checkpoint and cosigns it when the log only grew.
     *
     * @throws Malformed when the note is not a checkpoint of that log under that partner's key
     */
    public Answer show(PartyCard partner, String note, List<Digest> proof) throws Malformed {
        SignedCheckpoint next = SignedCheckpoint.open(note, origin(partner.party()), partner.logKey());
        return transactions.execute(status -> {
            // The row of a log that was never seen cannot be locked: its name is.
            sql.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                    .param(next.checkpoint().origin())
                    .query((row, number) -> number)
                    .list();
            Optional<SignedCheckpoint> last = sql.sql("select note from witnessed where origin = ? for update")
                    .param(next.checkpoint().origin())
                    .query(String.class)
                    .optional()
                    .map(seen -> open(seen, partner));
            return switch (Witness.judge(last, next, proof)) {
                case Witness.Cosign cosign -> {
                    store(partner.party(), cosign.next());
                    yield new Answer.Cosigned(cosign.next()
                            .cosign(LogNames.cosigner(own), cosigningKey, clock.instant())
                            .note());
                }
                case Witness.BadProof bad ->
                    new Answer.StartsElsewhere(bad.last().checkpoint().size());
                case Witness.RolledBack back ->
                    new Answer.StartsElsewhere(back.last().checkpoint().size());
                case Witness.SplitView split -> {
                    keep(split);
                    yield new Answer.Conflict();
                }
            };
        });
    }

    /** The two notes together prove to anybody that the log shows two histories. */
    private void keep(Witness.SplitView split) {
        sql.sql("insert into split_view (origin, size, first, second) values (?, ?, ?, ?) on conflict do nothing")
                .params(
                        split.next().checkpoint().origin(),
                        split.next().checkpoint().size(),
                        split.last().note(),
                        split.next().note())
                .update();
    }

    private void store(PartyCode partner, SignedCheckpoint next) {
        sql.sql("""
                        insert into witnessed (origin, party, size, root, note) values (?, ?, ?, ?, ?)
                        on conflict (origin) do update
                        set size = excluded.size, root = excluded.root, note = excluded.note
                        where witnessed.size <= excluded.size""")
                .params(
                        next.checkpoint().origin(),
                        partner.text(),
                        next.checkpoint().size(),
                        next.checkpoint().root().bytes(),
                        next.note())
                .update();
    }

    private SignedCheckpoint open(String note, PartyCard partner) {
        try {
            return SignedCheckpoint.open(note, origin(partner.party()), partner.logKey());
        } catch (Malformed e) {
            throw new IllegalStateException("a witnessed checkpoint no longer verifies", e);
        }
    }
}
