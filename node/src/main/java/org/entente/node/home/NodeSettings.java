package org.entente.node.home;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node is told once, when it is made: whose it is.
 *
 * @param englishName the party's name as English readers see it, likewise {@code spanishName}
 * @param colour the party's colour on every screen, {@code #rrggbb}
 */
public record NodeSettings(
        PartyCode party, String englishName, String spanishName, String colour, List<AuthorityCode> authorities) {
    private static final int BYTES_MAX = 1 << 16;
    private static final int AUTHORITIES_MAX = 64;

    public NodeSettings {
        authorities = List.copyOf(authorities);
    }

    public void store(NodeHome home) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("party", party.text());
        json.put("englishName", englishName);
        json.put("spanishName", spanishName);
        json.put("colour", colour);
        authorities.forEach(authority -> json.withArray("/authorities").add(authority.text()));
        NodeHome.write(home.settings(), CanonicalJson.encode(json));
    }

    /**
     * Reads the settings of a home.
     *
     * @throws Malformed {@code node.not-initialised} when the folder holds no node
     */
    public static NodeSettings load(NodeHome home) throws IOException, Malformed {
        if (!Files.isRegularFile(home.settings())) {
            throw new Malformed("node.not-initialised", home.folder().toString());
        }
        Members members = Members.of(CanonicalJson.parse(Files.readAllBytes(home.settings()), BYTES_MAX), "");
        List<AuthorityCode> authorities = new ArrayList<>();
        for (JsonNode authority : members.array("authorities", 1, AUTHORITIES_MAX)) {
            authorities.add(AuthorityCode.parse(authority.asString()));
        }
        NodeSettings settings = new NodeSettings(
                PartyCode.parse(members.text("party")),
                members.line("englishName", 200),
                members.line("spanishName", 200),
                members.line("colour", 7),
                authorities);
        members.end();
        return settings;
    }
}
