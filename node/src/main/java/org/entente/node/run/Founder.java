package org.entente.node.run;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.card.SecretKeys;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.home.NodeHome;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Officers;
import org.entente.node.officer.Token;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first administrator, who enrols everybody else. The credential is made with the node and lies in a file for that
 * person; the node itself keeps the public keys and the token's hash, and enrols them when it first starts.
 */
public final class Founder {
    private static final String PSEUDONYM = "administrator";
    private static final int BYTES_MAX = 1 << 14;

    private Founder() {}

    /** Makes the credential of the first administrator. */
    public static void make(NodeHome home, AuthorityCode authority, SecureRandom random) throws IOException {
        SecretKeys keys = SecretKeys.generate(random);
        Token token = Token.generate(random);
        new Credential(PSEUDONYM, authority, Role.ADMINISTRATOR.word(), token, keys)
                .store(home.officers().resolve(PSEUDONYM + ".json"));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("authority", authority.text())
                .put("tokenHash", token.hash().hex());
        json.set("keys", keys.publicKeys().json());
        NodeHome.write(home.founder(), CanonicalJson.encode(json));
    }

    /** Enrols the first administrator, unless that was done. */
    static void enrol(NodeHome home, Officers officers) throws IOException, Malformed {
        Members members = Members.of(CanonicalJson.parse(Files.readAllBytes(home.founder()), BYTES_MAX), "");
        AuthorityCode authority = AuthorityCode.parse(members.text("authority"));
        var tokenHash = members.digest("tokenHash");
        PublicKeys keys = PublicKeys.read(members.members("keys"));
        members.end();
        officers.enrol(new Officer(PSEUDONYM, PSEUDONYM, authority, Role.ADMINISTRATOR), keys, tokenHash);
    }
}
