package org.entente.evidence.canonical;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the members of a JSON object, each of its own type, and in the end refuses those that nobody asked for. A
 * problem names the member by its path, for example {@code keys.root.ed25519}.
 */
public final class Members {
    private static final int NAME_SHOWN_MAX = 64;

    private final JsonNode object;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    private Members(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /**
     * Starts reading an object.
     *
     * @param path where the object stands, for problems; empty for a document's root
     */
    public static Members of(JsonNode node, String path) throws Malformed {
        if (!node.isObject()) {
            throw new Malformed("json.object-expected", path.isEmpty() ? "$" : path);
        }
        return new Members(node, path);
    }

    public boolean has(String name) {
        return object.has(name);
    }

    public JsonNode node(String name) throws Malformed {
        asked.add(name);
        JsonNode value = object.get(name);
        if (value == null) {
            throw new Malformed("json.member-missing", path(name));
        }
        return value;
    }

    public String text(String name) throws Malformed {
        JsonNode value = node(name);
        if (!value.isString()) {
            throw new Malformed("json.text-expected", path(name));
        }
        return value.stringValue();
    }

    /** A text of at most so many UTF-16 units that is not blank and has no control character. */
    public String line(String name, int lengthMax) throws Malformed {
        String text = text(name);
        if (text.isBlank() || text.length() > lengthMax || text.chars().anyMatch(Character::isISOControl)) {
            throw new Malformed("json.line-refused", path(name), Integer.toString(lengthMax));
        }
        return text;
    }

    public Optional<String> optionalText(String name) throws Malformed {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** A whole number from {@code least} to {@code most}. */
    public long integer(String name, long least, long most) throws Malformed {
        JsonNode value = node(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw new Malformed("json.integer-expected", path(name), Long.toString(least), Long.toString(most));
        }
        return value.longValue();
    }

    public Digest digest(String name) throws Malformed {
        return Digest.parse(text(name));
    }

    public ObjectNode object(String name) throws Malformed {
        if (node(name) instanceof ObjectNode value) {
            return value;
        }
        throw new Malformed("json.object-expected", path(name));
    }

    public Members members(String name) throws Malformed {
        return of(object(name), path(name));
    }

    /** An array of {@code least} to {@code most} elements. */
    public ArrayNode array(String name, int least, int most) throws Malformed {
        if (!(node(name) instanceof ArrayNode value)) {
            throw new Malformed("json.array-expected", path(name));
        }
        if (value.size() < least || value.size() > most) {
            throw new Malformed("json.array-size", path(name), Integer.toString(least), Integer.toString(most));
        }
        return value;
    }

    /** Refuses the first member that was not asked for. */
    public void end() throws Malformed {
        for (String name : object.propertyNames()) {
            if (!asked.contains(name)) {
                throw new Malformed("json.member-unknown", path(name));
            }
        }
    }

    /** A member's path; a foreign name is cut short and stripped of what could disturb a terminal or a log line. */
    private String path(String name) {
        String cut = name.substring(0, Math.min(name.length(), NAME_SHOWN_MAX)).replaceAll("[^\\x21-\\x7e]", "?");
        return path.isEmpty() ? cut : path + "." + cut;
    }
}
