package org.entente.node.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.witness.Misbehaviour;
import org.entente.node.ledger.Incarnations;
import org.entente.node.party.Parties;
import org.entente.node.tile.LogTiles;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Derives all of a node's evidence anew and compares: every log from its statements, and what this node knows of its partners'
 * logs. It changes nothing, asks nobody, and needs no secret key.
 */
public final class EvidenceCheck {
    private final JdbcClient sql;
    private final Parties parties;
    private final Path tiles;
    private final Progress progress;

    public EvidenceCheck(JdbcClient sql, Parties parties, Path tiles, Progress progress) {
        this.sql = sql;
        this.parties = parties;
        this.tiles = tiles;
        this.progress = progress;
    }

    /** Told now and then how far it has come. */
    @FunctionalInterface
    public interface Progress {
        void at(String origin, long leaves, long of);
    }

    private record Log(String origin, PartyCode partner, boolean closed) {}

    /** What this node noted of the newest head of a partner's log that it cosigned. */
    private record Seen(String note, long size, Digest root) {}

    /** Checks all logs; a report without a difference means that everything in it holds. */
    public List<LogReport> run() {
        List<LogReport> reports = new ArrayList<>();
        List<Log> logs = sql.sql(
                        "select origin, partner, closed_at is not null as closed from log where partner is not null order by origin")
                .query((row, number) -> new Log(
                        row.getString("origin"), new PartyCode(row.getString("partner")), row.getBoolean("closed")))
                .list();
        for (Log log : logs) {
            LogReport report = new LogCheck(
                            sql,
                            parties,
                            new LogCheck.Of(log.partner, log.origin, log.closed),
                            LogTiles.files(tiles, log.origin),
                            progress)
                    .run();
            reports.add(report.difference().isPresent() ? report : withPartners(report, log));
        }
        return reports;
    }

    /** What this node knows of the partner's log beside its own and by itself, and what others say about this log. */
    private LogReport withPartners(LogReport report, Log log) {
        Optional<Problem> testimony = new TestimonyCheck(sql, log.origin, parties.ownLogKeys()).run();
        if (log.closed) {
            return testimony.map(report::differs).orElse(report);
        }
        Incarnations incarnations = new Incarnations(sql, parties.own().party());
        List<String> theirs = incarnations.all(log.partner);
        ReopeningCheck reopenings = new ReopeningCheck(sql, parties);
        String counting = incarnations.counting(log.partner);
        LogReport beside;
        try {
            reopenings.own(log.origin);
            for (String origin : theirs) {
                reopenings.partners(origin);
                if (!origin.equals(counting)) {
                    new MirrorCheck(sql, log.origin, origin).entries();
                }
            }
            beside = report.beside(new MirrorCheck(sql, log.origin, counting).run());
        } catch (Malformed found) {
            return report.differs(found.problem());
        }
        for (String origin : theirs) {
            Optional<Problem> difference = witnessed(log.partner, origin);
            if (difference.isPresent()) {
                return beside.differs(difference.get());
            }
        }
        return testimony.map(beside::differs).orElse(beside);
    }

    /** Statements that stand in no log: somebody wrote past the sequencer, or took leaves away. */
    public Optional<Problem> stray() {
        return sql.sql("""
                        select encode(id, 'hex') from statement s
                        where not exists (select from leaf l where l.statement = s.id) order by recorded_at limit 1""").query(String.class).optional().map(id -> Problem.of("check.statement-stray", id));
    }

    /** What this node has cosigned of the partner's log is signed by it, and what it keeps as proofs reads. */
    private Optional<Problem> witnessed(PartyCode partner, String origin) {
        List<NoteKey> keys = parties.cards(partner).stream()
                .map(card -> NoteKey.log(origin, card.logKey()))
                .distinct()
                .toList();
        for (Seen seen : sql.sql("select note, size, root from witnessed where origin = ?")
                .param(origin)
                .query((row, number) ->
                        new Seen(row.getString("note"), row.getLong("size"), Digest.ofBytes(row.getBytes("root"))))
                .list()) {
            try {
                Checkpoint signed = SignedCheckpoint.open(SignedNote.parse(seen.note), new KnownLog(origin, keys))
                        .checkpoint();
                if (!signed.equals(new Checkpoint(origin, seen.size, seen.root))) {
                    return Optional.of(Problem.of("check.witnessed-other", origin));
                }
            } catch (Malformed refused) {
                return Optional.of(Problem.of(
                        "check.witnessed-refused", origin, refused.problem().toString()));
            }
        }
        for (byte[] document : sql.sql("select document from misbehaviour where origin = ?")
                .param(origin)
                .query((row, number) -> row.getBytes("document"))
                .list()) {
            try {
                Misbehaviour.parse(document);
            } catch (Malformed refused) {
                return Optional.of(Problem.of(
                        "check.proof-refused", origin, refused.problem().toString()));
            }
        }
        return Optional.empty();
    }
}
