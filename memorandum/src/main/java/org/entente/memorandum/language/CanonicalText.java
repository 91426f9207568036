package org.entente.memorandum.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import tools.jackson.databind.JsonNode;

/** Reads the canonical JSON of a memorandum: the same words and the same reader as for YAML, all on one line. */
final class CanonicalText {
    static final int BYTES_MAX = 512 * 1024;

    private CanonicalText() {}

    static Tree parse(byte[] bytes) throws Malformed {
        return tree(CanonicalJson.parseCanonical(bytes, BYTES_MAX), 1);
    }

    private static Tree tree(JsonNode node, int depth) throws Malformed {
        if (depth > YamlText.DEPTH_MAX) {
            throw new Malformed("memorandum.yaml.too-deep", "1", Integer.toString(YamlText.DEPTH_MAX));
        }
        if (node.isString()) {
            return new Tree.Text(node.stringValue(), Spot.FIRST);
        }
        if (node.isArray()) {
            List<Tree> items = new ArrayList<>();
            for (JsonNode element : node) {
                items.add(tree(element, depth + 1));
            }
            return new Tree.Items(items, Spot.FIRST);
        }
        if (node.isObject()) {
            SequencedMap<String, Tree.Entry> entries = new LinkedHashMap<>();
            for (String name : node.propertyNames()) {
                entries.put(name, new Tree.Entry(Spot.FIRST, tree(node.required(name), depth + 1)));
            }
            return new Tree.Entries(entries, Spot.FIRST);
        }
        throw new Malformed("memorandum.canonical.not-text");
    }
}
