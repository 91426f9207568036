package org.entente.exchange.form;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one step with their values: those that stand in the statement, and those that travel sealed.
 *
 * @param open the values of the fields that are open
 * @param sealed all others
 * @param doubts what is odd about the values and hinders nothing, such as a check digit that does not fit
 */
public record Filled(ObjectNode open, ObjectNode sealed, List<Problem> doubts) {
    /** How many fields a step has at most, and so a statement's open part. */
    public static final int FIELDS_MAX = 64;

    public Filled {
        open = open.deepCopy();
        sealed = sealed.deepCopy();
        doubts = List.copyOf(doubts);
    }

    /**
     * What an officer of this party filled in.
     *
     * @param today the officer's own day, for last days
     * @throws Malformed {@code form.field-…}: the first field that is missing, unknown or not of its type
     */
    public static Filled in(Step step, ObjectNode values, LocalDate today) throws Malformed {
        Judgement judgement = judge(step, values, today);
        if (!judgement.faults.isEmpty()) {
            throw new Malformed(judgement.faults.getFirst());
        }
        ObjectNode open = JsonNodeFactory.instance.objectNode();
        ObjectNode sealed = JsonNodeFactory.instance.objectNode();
        for (Field field : step.fields()) {
            JsonNode value = values.get(field.name());
            if (value != null) {
                (field.open() ? open : sealed).set(field.name(), value);
            }
        }
        return new Filled(open, sealed, judgement.doubts);
    }

    /**
     * What a partner filled in: all of it is kept and shown as it is, with what is wrong or odd about it.
     *
     * @param said the day on which it was said, for last days
     */
    public static Filled received(Step step, ObjectNode open, ObjectNode sealed, LocalDate said) {
        ObjectNode values = sealed.deepCopy();
        values.setAll(open);
        Judgement judgement = judge(step, values, said);
        List<Problem> doubts = new ArrayList<>(judgement.faults);
        doubts.addAll(judgement.doubts);
        for (Field field : step.fields()) {
            if ((field.open() ? sealed : open).has(field.name())) {
                doubts.add(Problem.of("form.field-in-the-other-part", field.name()));
            }
        }
        return new Filled(open, sealed, doubts);
    }

    /** What is wrong with the values, and what is only odd. */
    private record Judgement(List<Problem> faults, List<Problem> doubts) {}

    private static Judgement judge(Step step, ObjectNode values, LocalDate today) {
        Judgement judgement = new Judgement(new ArrayList<>(), new ArrayList<>());
        judge("", step.fields(), values, today, judgement);
        return judgement;
    }

    private static void judge(
            String path, List<Field> fields, ObjectNode values, LocalDate today, Judgement judgement) {
        for (String name : values.propertyNames()) {
            if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                judgement.faults.add(Problem.of("form.field-unknown", path + Problem.shown(name)));
            }
        }
        for (Field field : fields) {
            JsonNode value = values.get(field.name());
            String place = path + field.name();
            if (value != null) {
                judge(place, field, value, today, judgement);
            } else if (field.required()) {
                judgement.faults.add(Problem.of("form.field-missing", place));
            }
        }
    }

    private static void judge(String place, Field field, JsonNode value, LocalDate today, Judgement judgement) {
        boolean list = field.holds().many() || field.holds().type() == Field.Type.ROWS;
        if (!list) {
            one(place, field, value, today, judgement);
            return;
        }
        if (!value.isArray() || value.isEmpty() || value.size() > Values.LIST_MAX) {
            judgement.faults.add(Problem.of("form.field-list", place, Integer.toString(Values.LIST_MAX)));
            return;
        }
        int number = 1;
        for (JsonNode element : value) {
            one(place + "[" + number++ + "]", field, element, today, judgement);
        }
    }

    private static void one(String place, Field field, JsonNode value, LocalDate today, Judgement judgement) {
        if (field.holds().type() != Field.Type.ROWS) {
            Values.fault(place, field, value, today).ifPresent(judgement.faults::add);
            Values.doubt(place, field, value).ifPresent(judgement.doubts::add);
        } else if (value instanceof ObjectNode row) {
            judge(place + ".", field.holds().columns(), row, today, judgement);
        } else {
            judgement.faults.add(Problem.of("form.field-row", place));
        }
    }
}
