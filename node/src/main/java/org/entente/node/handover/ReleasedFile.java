package org.entente.node.handover;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the encrypted body of an item says about one file that is released with it.
 *
 * @param body the ciphertext's digest, under which the statement names it
 * @param name as people know it: 1 to 200 characters, none of them a slash, a backslash or a control character
 * @param type media type, without parameters
 * @param bytes length of the content
 */
public record ReleasedFile(Digest body, String name, String type, long bytes) {
    private static final int NAME_CHARACTERS_MAX = 200;
    private static final Pattern NAME = Pattern.compile("[^/\\\\\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");
    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}");

    /**
     * Takes a name that somebody gave.
     *
     * @throws Malformed {@code file.name-malformed}
     */
    static String requireName(String name) throws Malformed {
        if (name.codePointCount(0, name.length()) > NAME_CHARACTERS_MAX
                || !NAME.matcher(name).matches()
                || !name.equals(name.strip())
                || name.matches("\\.+")) {
            throw new Malformed("file.name-malformed", Integer.toString(NAME_CHARACTERS_MAX));
        }
        return name;
    }

    /**
     * Takes a media type that somebody gave.
     *
     * @throws Malformed {@code file.type-malformed}
     */
    static String requireType(String type) throws Malformed {
        if (!TYPE.matcher(type).matches()) {
            throw new Malformed("file.type-malformed");
        }
        return type;
    }

    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("body", body.hex())
                .put("bytes", bytes)
                .put("name", name)
                .put("type", type);
    }

    static ReleasedFile read(Members members) throws Malformed {
        ReleasedFile file = new ReleasedFile(
                members.digest("body"),
                requireName(members.text("name")),
                requireType(members.text("type")),
                members.integer("bytes", 0, CanonicalJson.INTEGER_MAX));
        members.end();
        return file;
    }
}
