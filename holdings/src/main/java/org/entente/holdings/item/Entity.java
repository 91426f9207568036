package org.entente.holdings.item;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;

/**
 * An entity of the FollowTheMoney model: a schema, and the values of each property, in the order of the source and
 * without repetition. All values are texts: dates as far as they are known ({@code 1968}, {@code 1968-02-02}),
 * countries as lower-case alpha-2 codes.
 */
public record Entity(Schema schema, SortedMap<String, List<String>> properties) {
    public static final int VALUES_MAX = 512;
    public static final int VALUE_CHARS_MAX = 1 << 16;

    public Entity {
        SortedMap<String, List<String>> copy = new TreeMap<>();
        properties.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        properties = Collections.unmodifiableSortedMap(copy);
        for (Map.Entry<String, List<String>> property : properties.entrySet()) {
            if (!schema.has(property.getKey())) {
                throw new IllegalArgumentException(schema.word() + " has no property " + property.getKey());
            }
            if (!isBounded(property.getValue())) {
                throw new IllegalArgumentException("no, blank, repeated or too many values of " + property.getKey());
            }
        }
    }

    /** An entity out of a document, whose faults are the document's: {@code holdings.property-unknown}, {@code -values}. */
    public static Entity of(Schema schema, SortedMap<String, List<String>> properties) throws Malformed {
        for (Map.Entry<String, List<String>> property : properties.entrySet()) {
            if (!schema.has(property.getKey())) {
                throw new Malformed("holdings.property-unknown", schema.word(), property.getKey());
            }
            if (!isBounded(property.getValue())) {
                throw new Malformed("holdings.property-values", property.getKey());
            }
        }
        return new Entity(schema, properties);
    }

    /** The values of a property; none when it is not given. */
    public List<String> values(String property) {
        return properties.getOrDefault(property, List.of());
    }

    /** What a person reads first: the name, else what stands for one, else nothing. */
    public String caption() {
        return properties.getOrDefault("name", values("registrationNumber")).stream()
                .limit(1)
                .collect(Collectors.joining());
    }

    private static boolean isBounded(List<String> values) {
        return !values.isEmpty()
                && values.size() <= VALUES_MAX
                && values.stream().distinct().count() == values.size()
                && values.stream().noneMatch(value -> value.isBlank() || value.length() > VALUE_CHARS_MAX);
    }

    /** Collects values in the order in which a source gives them; blank and repeated ones are dropped. */
    public static final class Draft {
        private final SortedMap<String, List<String>> properties = new TreeMap<>();

        public Draft add(String property, String value) {
            String text = value.strip();
            List<String> values = properties.getOrDefault(property, List.of());
            if (!text.isEmpty() && values.size() < VALUES_MAX && !values.contains(text)) {
                properties
                        .computeIfAbsent(property, _ -> new ArrayList<>())
                        .add(text.length() <= VALUE_CHARS_MAX ? text : text.substring(0, VALUE_CHARS_MAX));
            }
            return this;
        }

        /** Adds the value where the schema has the property, and nothing elsewhere. */
        public Draft addIfKnown(Schema schema, String property, String value) {
            return schema.has(property) ? add(property, value) : this;
        }

        public Entity as(Schema schema) {
            return new Entity(schema, properties);
        }
    }
}
