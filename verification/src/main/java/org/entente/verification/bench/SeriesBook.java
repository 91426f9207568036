package org.entente.verification.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The series of a measurement by name, in the order in which they began. */
final class SeriesBook {
    private final Map<String, Series> series = new LinkedHashMap<>();

    /** The series of that name, which begins when it is first asked for. */
    Series of(String name, String unit) {
        return series.computeIfAbsent(name, absent -> new Series(absent, unit));
    }

    List<Series> all() {
        return List.copyOf(series.values());
    }

    /** As another process reads it with {@link #read}. */
    ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        series.values().forEach(one -> json.add(one.json()));
        return json;
    }

    /** Goes on with what another process has measured, under longer names. */
    void read(String before, JsonNode json) {
        for (JsonNode one : json) {
            Series here = of(
                    before + one.required("name").asString(),
                    one.required("unit").asString());
            one.required("values").forEach(value -> here.add(value.asDouble()));
        }
    }
}
