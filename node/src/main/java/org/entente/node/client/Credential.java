package org.entente.node.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.card.SeedAccess;
import org.entente.node.home.NodeHome;
import org.entente.node.officer.Token;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an officer holds and the node does not: the bearer token and the officer's own signing keys. It lies in a file
 * that only its owner can read.
 */
public record Credential(String pseudonym, AuthorityCode authority, String role, Token token, SecretKeys keys) {
    private static final int BYTES_MAX = 1 << 13;

    public void store(Path file) throws IOException {
        SeedAccess access = SeedAccess.forKeyStore();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("pseudonym", pseudonym)
                .put("authority", authority.text())
                .put("role", role)
                .put("token", token.text())
                .put("ed25519Seed", Base64Text.url(keys.ed25519Seed(access)))
                .put("mlDsa65Seed", Base64Text.url(keys.mlDsa65Seed(access)));
        NodeHome.write(file, CanonicalJson.encode(json));
    }

    public static Credential load(Path file) throws IOException, Malformed {
        Members members = Members.of(CanonicalJson.parse(Files.readAllBytes(file), BYTES_MAX), "");
        Credential credential = new Credential(
                members.line("pseudonym", 64),
                AuthorityCode.parse(members.text("authority")),
                members.line("role", 64),
                new Token(members.line("token", 128)),
                SecretKeys.ofSeeds(
                        Base64Text.parseUrl(members.text("ed25519Seed")),
                        Base64Text.parseUrl(members.text("mlDsa65Seed"))));
        members.end();
        return credential;
    }

    @Override
    public String toString() {
        return pseudonym + " of " + authority + " [redacted]";
    }
}
