package org.entente.verification.bench;

import java.util.OptionalDouble;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a capability must reach, by a name that does not change.
 *
 * @param value what was measured; empty when it was not
 * @param goal the number to reach, and in which direction
 * @param reason why it was not measured; empty when it was
 * @param scaled whether less was measured than the bar is about
 */
record Bar(String name, OptionalDouble value, Goal goal, String reason, boolean scaled) {
    /** A number, its unit, and which side of it is good. */
    record Goal(double number, String unit, Better better) {}

    /** Which way is better. */
    enum Better {
        HIGHER,
        LOWER;

        String word() {
            return this == HIGHER ? "higher" : "lower";
        }
    }

    static Bar measured(String name, double value, Goal goal, boolean scaled) {
        return new Bar(name, OptionalDouble.of(value), goal, "", scaled);
    }

    static Bar unmeasured(String name, Goal goal, String reason) {
        return new Bar(name, OptionalDouble.empty(), goal, reason, false);
    }

    boolean held() {
        return value.isPresent()
                && switch (goal.better()) {
                    case HIGHER -> value.getAsDouble() >= goal.number();
                    case LOWER -> value.getAsDouble() <= goal.number();
                };
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        if (value.isPresent()) {
            json.put("value", value.getAsDouble());
        } else {
            json.putNull("value");
        }
        return json.put("unit", goal.unit())
                .put("bar", goal.number())
                .put("better", goal.better().word())
                .put("held", held())
                .put("reason", reason)
                .put("scaled", scaled);
    }
}
