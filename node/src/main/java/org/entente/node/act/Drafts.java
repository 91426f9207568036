package org.entente.node.act;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Officers;
import org.entente.node.reading.ReadOnce;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The drafts that wait for approval. They expire, because what was true when an officer read them may not stay so. */
public final class Drafts {
    private static final Duration LIFE = Duration.ofHours(12);
    private static final int BYTES_MAX = 1 << 24;
    private static final int WAITING_MAX = 100;
    private static final int APPROVALS_KEPT = 512;

    private final JdbcClient sql;
    private final Officers officers;
    private final PartyCode own;
    private final Clock clock;
    private final ReadOnce<Statement> read = new ReadOnce<>(APPROVALS_KEPT);

    public Drafts(JdbcClient sql, Officers officers, PartyCode own, Clock clock) {
        this.sql = sql;
        this.officers = officers;
        this.own = own;
        this.clock = clock;
    }

    /**
     * Keeps a draft. One that was said stays as it is, and so does one that waits for the same officers. One that waits for
     * others is theirs no longer: whoever prepares the same act takes it up, and approvals of it are asked for anew.
     */
    public void keep(Draft draft) {
        sql.sql("""
                        with kept as (
                            insert into draft (subject, act, kind, sender, receiver, content, private, approvers,
                                prepared_at, expires_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            on conflict (subject) do update set private = excluded.private,
                                approvers = excluded.approvers, prepared_at = excluded.prepared_at,
                                expires_at = excluded.expires_at
                            where draft.statement is null and draft.approvers <> excluded.approvers
                            returning subject)
                        delete from approval where subject in (select subject from kept)""")
                .params(
                        draft.subject().bytes(),
                        draft.act(),
                        draft.message().kind().word(),
                        draft.between().from().text(),
                        draft.between().to().text(),
                        CanonicalJson.encode(draft.message().content()),
                        CanonicalJson.encode(draft.memory()),
                        draft.between().approvers().stream().sorted().toArray(String[]::new),
                        Timestamp.from(draft.between().at()),
                        Timestamp.from(draft.between().at().plus(LIFE)))
                .update();
    }

    /** The draft of this subject, unless it has expired. */
    public Optional<Draft> find(Digest subject) {
        List<Statement> approvals = approvals(subject);
        return sql.sql("select * from draft where subject = ? and (expires_at > ? or statement is not null)")
                .params(subject.bytes(), Timestamp.from(clock.instant()))
                .query((row, number) -> draft(row, approvals))
                .optional();
    }

    /** The subjects of the drafts that wait for an officer's approval, the oldest first. */
    public List<Digest> waitingFor(Officer officer) {
        return sql.sql("""
                        select subject from draft d
                        where statement is null and expires_at > ? and sender = ? and ? = any (approvers)
                            and not exists (select from approval a where a.subject = d.subject and a.pseudonym = ?)
                        order by prepared_at, subject limit ?""")
                .params(
                        Timestamp.from(clock.instant()),
                        officer.authority().text(),
                        officer.pseudonym(),
                        officer.pseudonym(),
                        WAITING_MAX)
                .query((row, number) -> Digest.ofBytes(row.getBytes("subject")))
                .list();
    }

    /** Keeps a verified approval; one officer approves once, and it counts while the draft names the officer. */
    public void approve(Digest subject, String pseudonym, Statement approval) {
        sql.sql("insert into approval (subject, pseudonym, bytes, at) values (?, ?, ?, ?) on conflict do nothing")
                .params(subject.bytes(), pseudonym, approval.bytes(), Timestamp.from(approval.at()))
                .update();
    }

    /** Takes the draft for saying, under its row's lock: of two callers at once, one finds that it was said. */
    public boolean takeUnsaid(Digest subject) {
        return sql.sql("select 1 from draft where subject = ? and statement is null for update")
                .param(subject.bytes())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Says that the draft was said; MUST be called in the transaction that says it. */
    public void said(Digest subject, Digest statement) {
        sql.sql("update draft set statement = ? where subject = ?")
                .params(statement.bytes(), subject.bytes())
                .update();
    }

    /** Forgets what expired unsaid. */
    public int sweep() {
        Timestamp now = Timestamp.from(clock.instant());
        sql.sql("""
                        delete from approval where subject in
                            (select subject from draft where statement is null and expires_at <= ?)""").param(now).update();
        return sql.sql("delete from draft where statement is null and expires_at <= ?")
                .param(now)
                .update();
    }

    private List<Statement> approvals(Digest subject) {
        return sql.sql("select pseudonym, bytes from approval where subject = ? order by at, pseudonym")
                .param(subject.bytes())
                .query((row, number) -> approval(row.getString("pseudonym"), row.getBytes("bytes")))
                .list();
    }

    private Statement approval(String pseudonym, byte[] bytes) {
        OfficerAppointment officer = officers.appointment(own, pseudonym)
                .orElseThrow(() -> new IllegalStateException("an approval of nobody"));
        try {
            return read.of(
                    Digest.framed(
                            "entente-approval-read/1", bytes, pseudonym.getBytes(StandardCharsets.UTF_8), kid(officer)),
                    () -> Statement.parse(bytes).verify(officer.keys(), pseudonym));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored approval no longer verifies", e);
        }
    }

    private static byte[] kid(OfficerAppointment officer) {
        return officer.keys().kid().getBytes(StandardCharsets.UTF_8);
    }

    private static Draft draft(ResultSet row, List<Statement> approvals) throws SQLException {
        try {
            Message message = Message.read(row.getString("kind"), object(row.getBytes("content")));
            byte[] statement = row.getBytes("statement");
            Set<String> approvers = Set.of((String[]) row.getArray("approvers").getArray());
            return new Draft(
                    row.getString("act"),
                    message,
                    new Draft.Between(
                            Actor.parse(row.getString("sender")),
                            Actor.parse(row.getString("receiver")),
                            approvers,
                            row.getTimestamp("prepared_at").toInstant()),
                    object(row.getBytes("private")),
                    approvals.stream()
                            .filter(approval -> approvers.contains(approval.kid()))
                            .toList(),
                    statement == null ? Optional.empty() : Optional.of(Digest.ofBytes(statement)));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored draft no longer reads", e);
        }
    }

    private static ObjectNode object(byte[] bytes) throws Malformed {
        return (ObjectNode) CanonicalJson.parse(bytes, BYTES_MAX);
    }
}
