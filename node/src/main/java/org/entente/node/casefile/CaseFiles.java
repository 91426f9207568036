package org.entente.node.casefile;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.entente.casework.cases.Case;
import org.entente.casework.cases.CaseCheck;
import org.entente.casework.cases.CaseReference;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Purpose;
import org.entente.node.officer.Officer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases by their authority's own references. A partner learns a salted digest of the reference and nothing else. */
public final class CaseFiles {
    private final JdbcClient sql;
    private final SecureRandom random;
    private final Clock clock;

    public CaseFiles(JdbcClient sql, SecureRandom random, Clock clock) {
        this.sql = sql;
        this.random = random;
        this.clock = clock;
    }

    /** A case as this node keeps it. */
    @SuppressWarnings("ArrayRecordComponent") // Looked up by its reference and never compared.
    public record CaseFile(Case of, byte[] salt) {
        public String reference() {
            return of.opening().reference().text();
        }

        public Purpose purpose() {
            return of.opening().purpose();
        }

        /** What statements to this partner say instead of the reference. */
        public Digest digest(PartyCode partner) {
            byte[] partnerSalt = Digest.framed(
                            "entente-case-salt/1", salt, partner.text().getBytes(StandardCharsets.UTF_8))
                    .bytes();
            return of.opening().reference().digest(partnerSalt);
        }

        /** Requires that a probe or request of the authority may name this case. */
        public void requireCovers(AuthorityCode by, Digest memorandum, Purpose wanted) throws Malformed {
            switch (CaseCheck.of(of, new CaseCheck.Wanted(by, memorandum, wanted))) {
                case CaseCheck.Covered _ -> {
                    // Nothing stands in the way.
                }
                case CaseCheck.NotCovered not -> throw new Malformed(not.problem());
            }
        }
    }

    /** Opens a case; the same reference again is refused with {@code casefile.exists}. */
    public CaseFile open(CaseReference reference, Digest memorandum, Purpose purpose, Officer officer)
            throws Malformed {
        byte[] salt = new byte[CaseReference.SALT_BYTES];
        random.nextBytes(salt);
        int rows = sql.sql("""
                        insert into case_file (reference, authority, memorandum, purpose, salt, opened_by, opened_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        reference.text(),
                        officer.authority().text(),
                        memorandum.bytes(),
                        purpose.code(),
                        salt,
                        officer.pseudonym(),
                        Timestamp.from(clock.instant()))
                .update();
        if (rows == 0) {
            throw new Malformed("casefile.exists", reference.text());
        }
        return require(reference.text(), officer.authority());
    }

    /** The authority's own case of this reference; one of another authority is as good as none. */
    public CaseFile require(String reference, AuthorityCode authority) throws Malformed {
        return find(reference, authority).orElseThrow(() -> new Malformed("casework.case-unknown"));
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
            Case.Open open = new Case.Open(new Case.Opening(
                    CaseReference.parse(row.getString("reference")),
                    Digest.ofBytes(row.getBytes("memorandum")),
                    Purpose.parse(row.getString("purpose")),
                    new Case.Opener(AuthorityCode.parse(row.getString("authority")), row.getString("opened_by")),
                    row.getTimestamp("opened_at").toInstant()));
            Timestamp closed = row.getTimestamp("closed_at");
            return new CaseFile(closed == null ? open : open.close(closed.toInstant()), row.getBytes("salt"));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored case no longer reads", e);
        }
    }
}
