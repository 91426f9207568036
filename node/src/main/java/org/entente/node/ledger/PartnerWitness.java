package org.entente.node.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.witness.AddCheckpoint;
import org.entente.evidence.witness.Misbehaviour;
import org.entente.evidence.witness.WitnessJudgement;
import org.entente.evidence.witness.WitnessMemory;
import org.entente.evidence.witness.WitnessReply;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * This node as the witness of its partners' logs. What it has seen of a log is stored before a cosignature leaves, under the
 * row's lock, so that neither a crash nor two calls at once can make it cosign two histories.
 */
public final class PartnerWitness {
    private static final Logger LOG = LoggerFactory.getLogger(PartnerWitness.class);

    /** One proof is enough; a partner that goes on lying fills no disk. */
    private static final int PROOFS_MAX = 16;

    private final JdbcClient sql;
    private final TransactionOperations transactions;
    private final Parties parties;
    private final CosigningSecrets cosigningKeys;
    private final LinkStops stops;
    private final Clock clock;
    private final Incarnations incarnations;

    public PartnerWitness(
            JdbcClient sql,
            TransactionOperations transactions,
            Parties parties,
            CosigningSecrets cosigningKeys,
            LinkStops stops,
            Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.parties = parties;
        this.cosigningKeys = cosigningKeys;
        this.stops = stops;
        this.clock = clock;
        this.incarnations = new Incarnations(sql, parties.own().party());
    }

    /** The origin of the log that the partner keeps of its relationship with this node: of the incarnation that counts. */
    public String origin(PartyCode partner) {
        return incarnations.counting(partner);
    }

    /** How much of a partner's log this node has cosigned. */
    public Optional<SignedCheckpoint> seen(PartyCard partner) {
        return seen(partner, origin(partner.party()));
    }

    private Optional<SignedCheckpoint> seen(PartyCard partner, String origin) {
        return sql.sql("select note from witnessed where origin = ?")
                .param(origin)
                .query(String.class)
                .optional()
                .map(note -> open(note, partner, origin));
    }

    /**
     * Takes back what this node had cosigned of a partner's log before an older copy was restored: its own cosignatures on the
     * head vouch that it had grown out of what is known here.
     */
    public void remember(PartyCard partner, String note) throws Malformed {
        SignedCheckpoint head =
                SignedCheckpoint.open(SignedNote.parse(note), knownLog(partner, origin(partner.party())));
        head.cosignedAt(Cosigner.of(parties.own()));
        long seen = seen(partner).map(last -> last.checkpoint().size()).orElse(0L);
        if (head.checkpoint().size() > seen) {
            store(partner.party(), head);
        }
    }

    /** The newest head of a partner's log that this node has cosigned, cosigned once more. */
    public Optional<SignedCheckpoint> cosignAgain(PartyCard partner) {
        return seen(partner)
                .map(head -> head.cosign(CosignerSecrets.of(parties.own().party(), cosigningKeys), clock.instant()));
    }

    /**
     * Answers a partner's call (C2SP tlog-witness, add-checkpoint): cosigns when its log only grew. When the log's own signatures prove that it shows two histories, the
     * proof is kept and the link to it stopped.
     */
    public WitnessReply addCheckpoint(PartyCard partner, byte[] body) {
        AddCheckpoint call;
        try {
            call = AddCheckpoint.parse(body);
        } catch (Malformed refused) {
            return new WitnessJudgement.BadRequest(refused.problem()).reply();
        }
        if (parties.isTakenBack(KeyName.log(partner), partner.party())) {
            Problem revoked =
                    Problem.of("succession.key-revoked", partner.party().text());
            return new WitnessJudgement.Forbidden(revoked).reply();
        }
        String origin = origin(partner.party());
        accuseOfClosed(partner, call, origin);
        KnownLog log = KnownLog.of(origin, partner.logKey());
        Optional<KnownLog> known = call.claimed().origin().equals(log.origin()) ? Optional.of(log) : Optional.empty();
        return transactions.execute(status -> {
            lock(sql, log.origin());
            if (!origin(partner.party()).equals(log.origin())) {
                return new WitnessJudgement.UnknownLog(Problem.of("witness.log-unknown")).reply();
            }
            CosignerSecrets secrets = CosignerSecrets.of(parties.own().party(), cosigningKeys);
            return memory(partner, log.origin()).answer(call, known, secrets, clock.instant());
        });
    }

    private WitnessMemory memory(PartyCard partner, String origin) {
        return new WitnessMemory() {
            @Override
            public Optional<SignedCheckpoint> last() {
                return sql.sql("select note from witnessed where origin = ? for update")
                        .param(origin)
                        .query(String.class)
                        .optional()
                        .map(seen -> open(seen, partner, origin));
            }

            @Override
            public void store(SignedCheckpoint next) {
                PartnerWitness.this.store(partner.party(), next);
            }

            @Override
            public void keep(Misbehaviour proof) {
                PartnerWitness.this.keep(partner.party(), proof);
            }
        };
    }

    /** The row of a log that was never seen cannot be locked: its name is, until the transaction ends. */
    static void lock(JdbcClient sql, String origin) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(origin)
                .query((row, number) -> number)
                .list();
    }

    /** Nothing of a closed incarnation is cosigned any more; that it shows two histories is proved all the same. */
    private void accuseOfClosed(PartyCard partner, AddCheckpoint call, String counting) {
        String claimed = call.claimed().origin();
        if (claimed.equals(counting) || !incarnations.all(partner.party()).contains(claimed)) {
            return;
        }
        Optional<KnownLog> known = Optional.of(knownLog(partner, claimed));
        Optional<Misbehaviour> proof = switch (WitnessJudgement.judge(call, known, seen(partner, claimed))) {
            case WitnessJudgement.Elsewhere elsewhere -> elsewhere.misbehaviour();
            case WitnessJudgement.NotGrown not -> not.misbehaviour();
            case WitnessJudgement.Grown _,
                    WitnessJudgement.BadRequest _,
                    WitnessJudgement.Forbidden _,
                    WitnessJudgement.UnknownLog _ -> Optional.empty();
        };
        proof.ifPresent(found -> transactions.executeWithoutResult(status -> keep(partner.party(), found)));
    }

    /** The proofs that a partner's log shows more than one history; each convinces anybody who has the log's key. */
    public List<Misbehaviour> misbehaviour(PartyCode partner) {
        return sql
                .sql("select document from misbehaviour where origin = any (?) order by kept_at, digest")
                .param(incarnations.all(partner).toArray(String[]::new))
                .query((row, number) -> row.getBytes("document"))
                .list()
                .stream()
                .map(PartnerWitness::document)
                .toList();
    }

    private static Misbehaviour document(byte[] bytes) {
        try {
            return Misbehaviour.parse(bytes);
        } catch (Malformed e) {
            throw new IllegalStateException("a proof that was kept no longer reads", e);
        }
    }

    /** Keeps a proof, and stops the link: each time, also when the proof is one that is kept already. */
    private void keep(PartyCode partner, Misbehaviour proof) {
        byte[] document = proof.bytes();
        int kept = sql.sql("""
                        insert into misbehaviour (digest, origin, document, kept_at) select ?, ?, ?, ?
                        where (select count(*) from misbehaviour where origin = ?) < ? on conflict do nothing""")
                .params(
                        Digest.of(document).bytes(),
                        proof.origin(),
                        document,
                        Timestamp.from(clock.instant()),
                        proof.origin(),
                        PROOFS_MAX)
                .update();
        if (kept > 0) {
            LOG.error(
                    "the log {} shows two histories; the proof is kept, the link is stopped, and nothing of the other history is cosigned",
                    proof.origin());
        }
        stops.stop(partner, Problem.of(LinkStops.TWO_HISTORIES, partner.text(), proof.origin()));
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

    /** What was cosigned once stays so, whatever the partner's log key is by now. */
    private SignedCheckpoint open(String note, PartyCard partner, String origin) {
        try {
            return SignedCheckpoint.open(SignedNote.parse(note), knownLog(partner, origin));
        } catch (Malformed e) {
            throw new IllegalStateException("a witnessed checkpoint no longer verifies", e);
        }
    }

    private KnownLog knownLog(PartyCard partner, String origin) {
        List<NoteKey> keys = Stream.concat(Stream.of(partner), parties.cards(partner.party()).stream())
                .map(card -> NoteKey.log(origin, card.logKey()))
                .distinct()
                .toList();
        return new KnownLog(origin, keys);
    }
}
