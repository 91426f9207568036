package org.entente.evidence.statement;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PublicKeys;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A party says which keys are an officer's: the content of a statement of kind {@code officer-appointed}. Whoever the
 * pseudonym stands for is known to the officer's own party only.
 *
 * @param officer the pseudonym, 2 to 64 of letters, digits, dot, low line and hyphen
 * @param authority the authority for which the officer acts
 * @param role the officer's role there
 * @param keys the officer's public keys
 */
public record OfficerAppointment(String officer, AuthorityCode authority, String role, PublicKeys keys) {
    public static final String KIND = "officer-appointed";

    private static final Pattern PSEUDONYM = Pattern.compile("[A-Za-z0-9._-]{2,64}");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public OfficerAppointment {
        if (!pseudonym(officer) || !word(role)) {
            throw new IllegalArgumentException("not an appointment");
        }
    }

    public ObjectNode content() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("pseudonym", officer).put("authority", authority.text()).put("role", role);
        content.set("keys", keys.json());
        return content;
    }

    /** Reads a verified statement of kind {@code officer-appointed}; a party appoints only officers of its own. */
    public static OfficerAppointment read(Statement statement) throws Malformed {
        if (!statement.kind().equals(KIND)) {
            throw new Malformed("appointment.kind", statement.kind());
        }
        Members content = Members.of(statement.content(), "content");
        String officer = content.text("pseudonym");
        AuthorityCode authority = AuthorityCode.parse(content.text("authority"));
        String role = content.text("role");
        PublicKeys keys = PublicKeys.read(content.members("keys"));
        content.end();
        if (!pseudonym(officer) || !word(role)) {
            throw new Malformed("appointment.word-malformed");
        }
        if (!authority.party().equals(statement.from().party())) {
            throw new Malformed("appointment.authority-foreign", authority.text());
        }
        return new OfficerAppointment(officer, authority, role, keys);
    }

    static boolean pseudonym(String text) {
        return PSEUDONYM.matcher(text).matches();
    }

    static boolean word(String text) {
        return text.length() <= 64 && WORD.matcher(text).matches();
    }
}
