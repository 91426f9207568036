package org.entente.memorandum.negotiation;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a part is to say, in the words of the canonical form; or that the part is left out, which is written as JSON {@code null} and
 * can be proposed and agreed like any other content. Whether the words mean anything only the whole text can show.
 */
public final class PartText {
    /** Greatest length in bytes: a part is never longer than a whole text. */
    static final int BYTES_MAX = 512 * 1024;

    private static final int DEPTH_MAX = 12;
    private static final int CHARACTERS_MAX = 300;

    /** What could turn or hide what people read. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Co}\\p{Zl}\\p{Zp}]");

    private static final Set<String> HEAD_KEYS = Set.of("memorandum", "version", "title", "languages");
    private static final String EXTENDS = "extends";

    private final Part part;
    private final JsonNode content;
    private final Digest digest;

    private PartText(Part part, JsonNode content) {
        this.part = part;
        this.content = content;
        this.digest = CanonicalJson.digest(content);
    }

    /** The part is not to stand in the text. */
    public static PartText leftOut(Part part) {
        if (part.equals(Part.HEAD)) {
            throw new IllegalArgumentException("no text is without a head");
        }
        return new PartText(part, NullNode.getInstance());
    }

    /** Every part of a memorandum, in reading order. */
    public static SortedMap<Part, PartText> of(Memorandum memorandum) {
        byte[] canonical = memorandum.canonical();
        SortedMap<Part, PartText> parts = new TreeMap<>();
        try {
            ObjectNode root = (ObjectNode) CanonicalJson.parse(canonical, canonical.length);
            for (Part.Section section : Part.Section.values()) {
                JsonNode found = section == Part.Section.HEAD ? NullNode.getInstance() : root.remove(section.key());
                if (found != null && section == Part.Section.PROMISES) {
                    put(parts, new PartText(Part.PROMISES, found));
                } else if (found != null && !found.isNull()) {
                    for (String name : found.propertyNames()) {
                        put(parts, new PartText(Part.named(section, name), found.required(name)));
                    }
                }
            }
            put(parts, new PartText(Part.HEAD, root));
        } catch (Malformed impossible) {
            throw new IllegalStateException("a canonical form is JSON with well-formed names", impossible);
        }
        return parts;
    }

    private static void put(SortedMap<Part, PartText> parts, PartText text) {
        parts.put(text.part, text);
    }

    /**
     * Reads what somebody proposes: bounded, of texts alone, and of the shape of such a part.
     *
     * @throws Malformed {@code memorandum.negotiation.content-malformed}
     */
    static PartText read(Part part, JsonNode content) throws Malformed {
        boolean shaped = switch (part.section()) {
            case HEAD -> content.isObject() && head(content);
            case PROMISES -> content.isNull() || content.isArray();
            case PARTY, PURPOSE, CATEGORY, CLAUSE -> content.isNull() || content.isObject();
        };
        if (!shaped || !(content.isNull() || plain(content, 1))) {
            throw new Malformed("memorandum.negotiation.content-malformed", part.text());
        }
        if (CanonicalJson.encode(content).length > BYTES_MAX) {
            throw new Malformed("memorandum.negotiation.content-malformed", part.text());
        }
        return new PartText(part, content.deepCopy());
    }

    private static boolean head(JsonNode content) {
        Set<String> keys = Set.copyOf(content.propertyNames());
        return keys.containsAll(HEAD_KEYS)
                && keys.size() == HEAD_KEYS.size() + (keys.contains(EXTENDS) ? 1 : 0)
                && content.required("memorandum").isString()
                && content.required("version").isString();
    }

    /** Texts, and what holds them; nothing is empty, because the language has no way to write that. */
    private static boolean plain(JsonNode node, int depth) {
        if (node.isString()) {
            return plain(node.stringValue());
        }
        return depth <= DEPTH_MAX
                && node.isContainer()
                && !node.isEmpty()
                && node.propertyNames().stream().allMatch(PartText::plain)
                && node.valueStream().allMatch(child -> plain(child, depth + 1));
    }

    private static boolean plain(String text) {
        return plain(text, CHARACTERS_MAX);
    }

    static boolean plain(String text, int charactersMax) {
        return !text.isBlank()
                && text.length() <= charactersMax
                && !HIDDEN.matcher(text).find();
    }

    public Part part() {
        return part;
    }

    public boolean isLeftOut() {
        return content.isNull();
    }

    /** A copy of the content; JSON {@code null} when the part is left out. */
    public JsonNode json() {
        return content.deepCopy();
    }

    /** SHA-256 of the content's canonical bytes; that of {@code null} when the part is left out. */
    public Digest digest() {
        return digest;
    }

    /** The whole of which these are the parts. */
    static ObjectNode join(SortedMap<Part, PartText> parts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        parts.forEach((part, text) -> {
            if (!text.isLeftOut()) {
                switch (part.section()) {
                    case HEAD -> root.setAll((ObjectNode) text.json());
                    case PROMISES -> root.set(part.section().key(), text.json());
                    case PARTY, PURPOSE, CATEGORY, CLAUSE ->
                        root.withObjectProperty(part.section().key()).set(part.name(), text.json());
                }
            }
        });
        return root;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartText that && part.equals(that.part) && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return 31 * part.hashCode() + digest.hashCode();
    }

    @Override
    public String toString() {
        return part + " " + digest;
    }
}
