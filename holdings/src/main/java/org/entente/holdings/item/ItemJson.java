package org.entente.holdings.item;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.identifier.Warning;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Quoted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of an item: {@code schema} and {@code properties} as FollowTheMoney writes them, and ours around it. */
final class ItemJson {
    private ItemJson() {}

    static ObjectNode write(Item item) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", item.id().text());
        node.put("row", item.row());
        node.put("schema", item.entity().schema().word());
        ObjectNode properties = node.putObject("properties");
        item.entity().properties().forEach((name, values) -> values.forEach(properties.putArray(name)::add));
        ArrayNode identifiers = node.putArray("identifiers");
        item.identifiers().forEach(identifier -> identifiers.add(write(identifier)));
        node.put("assertion", item.assertion().word());
        node.set("envelope", item.envelope().toJson());
        return node;
    }

    static Item read(JsonNode node) throws Malformed {
        Members members = Members.of(node, "item");
        ItemId id = ItemId.parse(members.text("id"));
        int row = (int) members.integer("row", 1, Integer.MAX_VALUE);
        Schema schema = known(Schema.ofWord(members.text("schema")), "schema");
        Entity entity = Entity.of(schema, properties(members.object("properties")));
        List<Identifier> identifiers = new ArrayList<>();
        for (JsonNode element : members.array("identifiers", 0, Item.IDENTIFIERS_MAX)) {
            Identifier identifier = identifier(Members.of(element, "item.identifiers"));
            if (identifiers.contains(identifier)) {
                throw new Malformed(
                        "holdings.identifier-repeated", identifier.type().word());
            }
            identifiers.add(identifier);
        }
        Assertion assertion = known(Assertion.ofWord(members.text("assertion")), "assertion");
        Envelope envelope = Envelope.fromJson(members.node("envelope"));
        members.end();
        return new Item(id, row, entity, identifiers, envelope, assertion);
    }

    private static SortedMap<String, List<String>> properties(ObjectNode node) throws Malformed {
        SortedMap<String, List<String>> properties = new TreeMap<>();
        Members members = Members.of(node, "item.properties");
        for (String name : node.propertyNames()) {
            List<String> values = new ArrayList<>();
            for (JsonNode value : members.array(name, 1, Entity.VALUES_MAX)) {
                values.add(text(value, Quoted.of(name)));
            }
            properties.put(name, values);
        }
        return properties;
    }

    private static ObjectNode write(Identifier identifier) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", identifier.type().word());
        node.put("version", identifier.type().version());
        node.put("value", identifier.value());
        ArrayNode warnings = node.putArray("warnings");
        identifier.warnings().stream().map(Warning::word).sorted().forEach(warnings::add);
        return node;
    }

    private static Identifier identifier(Members members) throws Malformed {
        IdentifierType type = known(IdentifierType.ofWord(members.text("type")), "type");
        long version = members.integer("version", 1, Integer.MAX_VALUE);
        if (type.composite()) {
            throw new Malformed("holdings.identifier-derived", type.word());
        }
        String value = members.text("value");
        Set<Warning> warnings = EnumSet.noneOf(Warning.class);
        List<String> words = new ArrayList<>();
        for (JsonNode element : members.array("warnings", 0, Warning.values().length)) {
            words.add(text(element, "warnings"));
            warnings.add(known(Warning.ofWord(words.getLast()), "warnings"));
        }
        if (!words.equals(words.stream().distinct().sorted().collect(Collectors.toList()))) {
            throw new Malformed("holdings.word-unknown", "warnings");
        }
        members.end();
        return Identifier.restore(type, version, value, warnings);
    }

    private static String text(JsonNode value, String path) throws Malformed {
        if (!value.isString()) {
            throw new Malformed("json.text-expected", path);
        }
        return value.stringValue();
    }

    private static <T> T known(Optional<T> constant, String member) throws Malformed {
        return constant.orElseThrow(() -> new Malformed("holdings.word-unknown", member));
    }
}
