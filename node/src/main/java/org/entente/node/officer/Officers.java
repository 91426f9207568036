package org.entente.node.officer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.Role;
import org.entente.node.reading.Edition;
import org.entente.node.reading.PerEdition;
import org.entente.node.reading.ReadOnce;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The officers of this party, whom tokens identify, and those of partners, whom their appointments made known. */
public final class Officers {
    private static final int KEYS_BYTES_MAX = 1 << 14;
    private static final int KEYS_KEPT = 512;

    private final JdbcClient sql;
    private final PartyCode own;
    private final ReadOnce<PublicKeys> read = new ReadOnce<>(KEYS_KEPT);
    private final PerEdition<Digest, Optional<Officer>> ofTokens;
    private final PerEdition<Appointed, Optional<OfficerAppointment>> appointed;

    public Officers(JdbcClient sql, PartyCode own) {
        this.sql = sql;
        this.own = own;
        this.ofTokens = new PerEdition<>(sql, KEYS_KEPT);
        this.appointed = new PerEdition<>(sql, KEYS_KEPT);
    }

    /** Who is asked for. */
    private record Appointed(PartyCode party, String pseudonym) {}

    /** Enrols an officer of this party; false when the pseudonym is taken. */
    public boolean enrol(Officer officer, PublicKeys keys, Digest tokenHash) {
        boolean enrolled = sql.sql("""
                        insert into officer (party, pseudonym, authority, role, keys, name, token_hash)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                        .params(
                                own.text(),
                                officer.pseudonym(),
                                officer.authority().text(),
                                officer.role().word(),
                                CanonicalJson.encode(keys.json()),
                                officer.name(),
                                tokenHash.bytes())
                        .update()
                > 0;
        Edition.changed();
        return enrolled;
    }

    /** Whether exactly this officer was enrolled, with these keys and this token. */
    public boolean isEnrolled(Officer officer, PublicKeys keys, Digest tokenHash) {
        return sql.sql("""
                        select 1 from officer where party = ? and pseudonym = ? and authority = ? and role = ?
                            and keys = ? and name = ? and token_hash = ?""")
                .params(
                        own.text(),
                        officer.pseudonym(),
                        officer.authority().text(),
                        officer.role().word(),
                        CanonicalJson.encode(keys.json()),
                        officer.name(),
                        tokenHash.bytes())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Keeps what a partner's appointment says; a later appointment of the same pseudonym takes its place. */
    public void learn(OfficerAppointment appointment) {
        sql.sql("""
                        insert into officer (party, pseudonym, authority, role, keys) values (?, ?, ?, ?, ?)
                        on conflict (party, pseudonym) do update
                        set authority = excluded.authority, role = excluded.role, keys = excluded.keys""")
                .params(
                        appointment.authority().party().text(),
                        appointment.officer(),
                        appointment.authority().text(),
                        appointment.role(),
                        CanonicalJson.encode(appointment.keys().json()))
                .update();
        Edition.changed();
    }

    /** The officer whom this token names; looked up by its hash, so that no comparison leaks the token. */
    public Optional<Officer> ofToken(String token) {
        Digest hash = new Token(token).hash();
        return ofTokens.of(
                hash,
                () -> sql.sql("select pseudonym, name, authority, role from officer where token_hash = ?")
                        .param(hash.bytes())
                        .query((row, number) -> officer(row))
                        .optional());
    }

    /** The officer of this party who goes by this pseudonym. */
    public Optional<Officer> own(String pseudonym) {
        return sql.sql("select pseudonym, name, authority, role from officer where party = ? and pseudonym = ?")
                .params(own.text(), pseudonym)
                .query((row, number) -> officer(row))
                .optional();
    }

    private static Officer officer(ResultSet row) throws SQLException {
        return new Officer(
                row.getString("pseudonym"),
                row.getString("name"),
                authority(row.getString("authority")),
                role(row.getString("role")));
    }

    /** The public appointment of an officer of any party. */
    public Optional<OfficerAppointment> appointment(PartyCode party, String pseudonym) {
        return appointed.of(
                new Appointed(party, pseudonym),
                () -> sql.sql("select pseudonym, authority, role, keys from officer where party = ? and pseudonym = ?")
                        .params(party.text(), pseudonym)
                        .query((row, number) -> appointment(row))
                        .optional());
    }

    /** All officers of a party, as they are appointed. */
    public List<OfficerAppointment> appointments(PartyCode party) {
        return sql.sql("select pseudonym, authority, role, keys from officer where party = ? order by pseudonym")
                .param(party.text())
                .query((row, number) -> appointment(row))
                .list();
    }

    private OfficerAppointment appointment(ResultSet row) throws SQLException {
        return new OfficerAppointment(
                row.getString("pseudonym"),
                authority(row.getString("authority")),
                row.getString("role"),
                keys(row.getBytes("keys")));
    }

    /** Reads the role word of an interface or a file. */
    public static Role roleOf(String word) throws Malformed {
        return Word.parse(Role.class, word);
    }

    private static AuthorityCode authority(String text) {
        try {
            return AuthorityCode.parse(text);
        } catch (Malformed e) {
            throw new IllegalStateException("the database holds an authority of the wrong form", e);
        }
    }

    /** The role of a word that was checked when it was taken in. */
    public static Role role(String word) {
        return Word.find(Role.class, word)
                .orElseThrow(() -> new IllegalStateException("the database holds an unknown role"));
    }

    private PublicKeys keys(byte[] json) {
        try {
            return read.of(
                    Digest.of(json),
                    () -> PublicKeys.read(Members.of(CanonicalJson.parse(json, KEYS_BYTES_MAX), "keys")));
        } catch (Malformed e) {
            throw new IllegalStateException("the database holds keys of the wrong form", e);
        }
    }
}
