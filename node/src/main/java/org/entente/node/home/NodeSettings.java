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
 * @param bodyBytesMax the longest body, in encrypted bytes, that the node takes or makes
 */
public record NodeSettings(
        PartyCode party,
        String englishName,
        String spanishName,
        String colour,
        List<AuthorityCode> authorities,
        long bodyBytesMax) {
    /** The longest body of a node whose settings say nothing else: 8 GiB. */
    public static final long BODY_BYTES_MAX = 1L << 33;

    private static final String BODY_BYTES_MEMBER = "bodyBytesMax";
    /** What one piece is: less would refuse what every act needs. */
    private static final long BODY_BYTES_LEAST = 1L << 22;

    private static final int BYTES_MAX = 1 << 16;
    private static final int AUTHORITIES_MAX = 64;

    public NodeSettings {
        authorities = List.copyOf(authorities);
    }

    public NodeSettings(
            PartyCode party, String englishName, String spanishName, String colour, List<AuthorityCode> authorities) {
        this(party, englishName, spanishName, colour, authorities, BODY_BYTES_MAX);
    }

    public void store(NodeHome home) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("party", party.text());
        json.put("englishName", englishName);
        json.put("spanishName", spanishName);
        json.put("colour", colour);
        authorities.forEach(authority -> json.withArray("/authorities").add(authority.text()));
        if (bodyBytesMax != BODY_BYTES_MAX) {
            json.put(BODY_BYTES_MEMBER, bodyBytesMax);
        }
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
                authorities,
                members.has(BODY_BYTES_MEMBER)
                        ? members.integer(BODY_BYTES_MEMBER, BODY_BYTES_LEAST, CanonicalJson.INTEGER_MAX)
                        : BODY_BYTES_MAX);
        members.end();
        return settings;
    }
}
