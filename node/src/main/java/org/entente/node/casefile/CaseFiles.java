package org.entente.node.casefile;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Purpose;
import org.entente.node.officer.Officer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases by their authority's own references. A partner learns a salted digest of the reference and nothing else. */
public final class CaseFiles {
    private static final int SALT_BYTES = 32;

    private final JdbcClient sql;
    private final SecureRandom random;
    private final Clock clock;

    public CaseFiles(JdbcClient sql, SecureRandom random, Clock clock) {
        this.sql = sql;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A case.
     *
     * @param digest what statements say instead of the reference
     */
    public record CaseFile(
            String reference, AuthorityCode authority, Digest memorandum, Purpose purpose, Digest digest, boolean open) {}

    /** Opens a case; the same reference again is refused with {@code casefile.exists}. */
    public CaseFile open(String reference, Digest memorandum, Purpose purpose, Officer officer) throws Malformed {
        if (!reference.matches("[0-9A-Za-z]([0-9A-Za-z./-]{0,62}[0-9A-Za-z])?")) {
            throw new Malformed("casefile.reference-malformed");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        int rows = sql.sql("""
                        insert into case_file (reference, authority, memorandum, purpose, salt, opened_by, opened_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        reference,
                        officer.authority().text(),
                        memorandum.bytes(),
                        purpose.code(),
                        salt,
                        officer.pseudonym(),
                        Timestamp.from(clock.instant()))
                .update();
        if (rows == 0) {
            throw new Malformed("casefile.exists", reference);
        }
        return require(reference, officer.authority());
    }

    /** The open case of this reference. */
    public CaseFile require(String reference, AuthorityCode authority) throws Malformed {
        return find(reference, authority)
                .filter(CaseFile::open)
                .orElseThrow(() -> new Malformed("casefile.not-open", reference));
    }

    public Optional<CaseFile> find(String reference, AuthorityCode authority) {
        return sql.sql("select * from case_file where reference = ? and authority = ?")
                .params(reference, authority.text())
                .query((row, number) -> read(row))
                .optional();
    }

    public List<CaseFile> of(AuthorityCode authority) {
        return sql.sql("select * from case_file where authority = ? order by opened_at desc")
                .param(authority.text())
                .query((row, number) -> read(row))
                .list();
    }

    private static CaseFile read(ResultSet row) throws SQLException {
        try {
            String reference = row.getString("reference");
            return new CaseFile(
                    reference,
                    AuthorityCode.parse(row.getString("authority")),
                    Digest.ofBytes(row.getBytes("memorandum")),
                    Purpose.parse(row.getString("purpose")),
                    Digest.framed(
                            "entente-case/1", row.getBytes("salt"), reference.getBytes(StandardCharsets.UTF_8)),
                    row.getTimestamp("closed_at") == null);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored case no longer reads", e);
        }
    }
}
