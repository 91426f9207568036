package org.entente.verification.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Repetitions of one measurement, in the order in which they were made. */
final class Series {
    private final String name;
    private final String unit;
    private final List<Double> values = new ArrayList<>();

    Series(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    void add(double value) {
        values.add(value);
    }

    String name() {
        return name;
    }

    String unit() {
        return unit;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** The middle value; of an even number, the mean of the two in the middle. */
    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Each repetition of this divided by the same repetition of another. */
    Series over(Series other) {
        Series quotients = new Series(name + " over " + other.name, "x");
        for (int n = 0; n < Math.min(values.size(), other.values.size()); n++) {
            quotients.add(values.get(n) / other.values.get(n));
        }
        return quotients;
    }

    double least() {
        return Collections.min(values);
    }

    double greatest() {
        return Collections.max(values);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("unit", unit);
        ArrayNode array = json.putArray("values");
        values.forEach(array::add);
        if (!isEmpty()) {
            json.put("median", median()).put("least", least()).put("greatest", greatest());
        }
        return json;
    }
}
