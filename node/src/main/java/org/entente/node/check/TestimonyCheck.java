package org.entente.node.check;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.NoteSignature;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.time.TimeStamp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What others than the partner say about a log of this node: each cosignature holds under the key that is noted, and each time
 * stamp is over the stored checkpoint of its size. Whether anybody trusts them is not asked.
 */
final class TestimonyCheck {
    /** Says of a token only that nobody was named who is trusted. */
    private static final String UNKNOWN_AUTHORITY = "timestamp.untrusted";

    private final JdbcClient sql;
    private final KnownLog log;

    TestimonyCheck(JdbcClient sql, String origin, List<Ed25519PublicKey> logKeys) {
        this.sql = sql;
        this.log = new KnownLog(
                origin, logKeys.stream().map(key -> NoteKey.log(origin, key)).toList());
    }

    private record Cosignature(String note, String witness, String line) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Stamp(String note, byte[] token) {}

    /** The first that does not hold. */
    Optional<Problem> run() {
        for (Cosignature one : cosignatures()) {
            try {
                NoteKey key = NoteKey.parse(one.witness);
                NoteSignature line = NoteSignature.parse(one.line.stripTrailing());
                open(one.note).with(List.of(line), List.of(key)).cosignedAt(key);
            } catch (Malformed refused) {
                return Optional.of(Problem.of(
                        "check.cosignature-refused",
                        log.origin(),
                        Problem.shown(one.witness),
                        refused.problem().toString()));
            }
        }
        for (Stamp one : stamps()) {
            try {
                TimeStamp.open(one.token, open(one.note).checkpoint().digest(), TimeAuthorities.none());
            } catch (Malformed refused) {
                if (!refused.problem().code().equals(UNKNOWN_AUTHORITY)) {
                    return Optional.of(Problem.of(
                            "check.stamp-refused",
                            log.origin(),
                            refused.problem().toString()));
                }
            }
        }
        return Optional.empty();
    }

    private SignedCheckpoint open(String note) throws Malformed {
        return SignedCheckpoint.open(SignedNote.parse(note), log);
    }

    private List<Cosignature> cosignatures() {
        return sql.sql("""
                        select c.note, w.witness, w.line from witness_cosignature w join checkpoint c using (origin, size)
                        where origin = ? order by size, witness""")
                .param(log.origin())
                .query((row, number) ->
                        new Cosignature(row.getString("note"), row.getString("witness"), row.getString("line")))
                .list();
    }

    private List<Stamp> stamps() {
        return sql.sql("""
                        select c.note, t.token from time_stamp t join checkpoint c using (origin, size)
                        where origin = ? order by size""")
                .param(log.origin())
                .query((row, number) -> new Stamp(row.getString("note"), row.getBytes("token")))
                .list();
    }
}
